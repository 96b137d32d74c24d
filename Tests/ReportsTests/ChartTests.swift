import Reports
import Testing

@Suite struct `Pictures made of text` {
  @Test func `bars are drawn to an eighth of a character, with counts and shares`() {
    let chart = BarChart([("nurse", 160), ("chef", 85), ("poet", 1), ("none", 0)])
    #expect(
      chart.lines(width: 40) == [
        "nurse ▕█████████████████████ 160  65.0 %",
        "chef  ▕███████████▏           85  34.6 %",
        "poet  ▕▏                       1   0.4 %",
        "none  ▕                        0   0.0 %",
      ])
  }

  @Test func `bars of parts of a whole are full only for the whole`() {
    let chart = BarChart([("top 10", 5), ("all", 10)], total: 10, most: 10)
    #expect(
      chart.lines(width: 32) == [
        "top 10 ▕██████        5   50.0 %", "all    ▕████████████ 10  100.0 %",
      ])
  }

  @Test func `lengths fall into ranges of a round size, the longest share the last`() {
    let lengths = [1, 2, 2, 3, 7, 8, 12, 90]
    let histogram = Histogram(minimum: 1, maximum: 90, tail: 12, binCount: 3) { range in
      lengths.count { range.contains($0) }
    }
    #expect(
      histogram.lines(width: 40) == [
        "    0–4 ▕█████████████████████ 4  50.0 %",
        "    5–9 ▕██████████▌           2  25.0 %",
        "  10–14 ▕█████▎                1  12.5 %",
        "from 15 ▕█████▎                1  12.5 %",
      ])
  }

  @Test func `a line goes through the markers of its points, the axis names the ends`() {
    let chart = LineChart([.init("loss", [4, 2, 1, 1])], from: "epoch 1", to: "4")
    #expect(
      chart.lines(width: 24, height: 4) == [
        " ● loss", " 4.000 ┤●⢄              ", "       │  ⠑⠢⡀           ",
        "       │    ⠑●⣀         ", " 1.000 ┤       ⠉⠒⠤●⣀⣀⣀⣀●", "        epoch 1        4",
      ])
  }

  @Test func `a value that is no number leaves a gap`() {
    let chart = LineChart([.init("loss", [1, .nan, nil, 2])], from: "1", to: "4")
    let drawing = chart.lines(width: 24, height: 4).dropFirst().dropLast().joined()
    #expect(drawing.count { $0 == "●" } == 2)
    #expect(!drawing.unicodeScalars.contains { (0x2801...0x28FF).contains($0.value) })
  }

  @Test func `charts lie side by side where there is room, and one without numbers is left out`() {
    let curve = LearningCurve(
      epochs: [1, 2],
      [[.init("loss", [2, 1])], [.init("F1", [0.5, 0.75])], [.init("none", [nil])]])
    #expect(curve.lines(width: 80, height: 3).count == 5)
    #expect(curve.lines(width: 60, height: 3).count == 11)
    #expect(curve.lines(width: 80, height: 3).first == " ● loss".padded(to: 41) + " ● F1")
  }
}
