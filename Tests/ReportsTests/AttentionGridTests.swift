import Reports
import Testing

@Suite struct `Attention as a picture` {
  private static let grid = AttentionGrid(
    written: ["un", "chat@@", "</s>"], read: ["a", "cat", "</s>"],
    weights: [1, 0, 0, 0.2, 0.55, 0.25, 0, 0.1, 0.9])

  @Test func `words written are rows, words read are columns with their numbers`() {
    #expect(
      Self.grid.lines(width: 40) == [
        "       1 2 3",
        "un     █    ",
        "chat@@ ░ ▒ ░",
        "</s>       █",
        "1 a  2 cat  3 </s>",
      ])
  }

  @Test func `what is too wide is drawn band below band`() {
    #expect(
      Self.grid.lines(width: 10) == [
        "       1 2",
        "un     █  ",
        "chat@@ ░ ▒",
        "</s>      ",
        "       3",
        "un      ",
        "chat@@ ░",
        "</s>   █",
        "1 a  2 cat",
        "3 </s>",
      ])
  }
}
