import Metrics
import Reports
import Testing

@Suite struct `A confusion matrix for people` {
  private static func matrix(_ counts: [[Int]]) -> ConfusionMatrix {
    var matrix = ConfusionMatrix(classCount: counts.count)
    for (truth, row) in counts.enumerated() {
      for (predicted, count) in row.enumerated() {
        matrix.add(true: truth, predicted: predicted, count: count)
      }
    }
    return matrix
  }

  @Test func `rows are true, columns predicted, and the most confused pairs stand below`() {
    let view = ConfusionMatrixView(
      Self.matrix([[40, 0, 3], [1, 20, 0], [0, 0, 9]]), classNames: ["nurse", "poet", "chef"])
    #expect(
      view.lines(width: 60) == [
        "           a  b c   ← predicted",
        "nurse  a▕ 40  · 3",
        "poet   b▕  1 20 ·",
        "chef   c▕  ·  · 9",
        "",
        "most confused",
        "true   taken for  rows  of class",
        "─────  ─────────  ────  ────────",
        "nurse  chef          3     7.0 %",
        "poet   nurse         1     4.8 %",
      ])
  }

  @Test func `with too many classes for the width only the pairs are shown`() {
    var counts = [[Int]](repeating: [Int](repeating: 0, count: 40), count: 40)
    for label in 0..<40 { counts[label][label] = 5 }
    counts[3][4] = 2
    let names = (0..<40).map { "class \($0)" }
    let view = ConfusionMatrixView(Self.matrix(counts), classNames: names)
    #expect(
      view.lines(width: 60) == [
        "most confused",
        "true     taken for  rows  of class",
        "───────  ─────────  ────  ────────",
        "class 3  class 4       2    28.6 %",
      ])
  }

  @Test func `columns beyond z are named aa, ab and so on`() {
    let counts = [[Int]](repeating: [Int](repeating: 1, count: 28), count: 28)
    let view = ConfusionMatrixView(
      Self.matrix(counts), classNames: (0..<28).map { "\($0)" })
    #expect(view.lines(width: 140)[0].contains("y z aa ab   ← predicted"))
  }
}
