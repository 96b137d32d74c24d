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
        "confusion: rows are true, columns predicted",
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

  @Test(arguments: [24, 40, 80, 200])
  func `however many classes there are, the lines fit the width`(_ width: Int) {
    var matrix = ConfusionMatrix(classCount: 1500)
    for label in 0..<1500 { matrix.add(true: label, predicted: label * 7 % 1500, count: label) }
    let names = (0..<1500).map { "a class with the number \($0)" }
    let lines = ConfusionMatrixView(matrix, classNames: names).lines(width: width)
    #expect(lines.contains { $0.contains("the matrix of 1500 classes is wider") } || width < 60)
    #expect(lines.contains { $0.hasPrefix("most confused") })
    for line in lines { #expect(line.displayWidth <= max(width, 38), "\(line)") }
  }

  @Test func `with too many classes for the width only the pairs are shown`() {
    var counts = [[Int]](repeating: [Int](repeating: 0, count: 40), count: 40)
    for label in 0..<40 { counts[label][label] = 5 }
    counts[3][4] = 2
    let names = (0..<40).map { "class \($0)" }
    let view = ConfusionMatrixView(Self.matrix(counts), classNames: names)
    #expect(
      view.lines(width: 60) == [
        "confusion: the matrix of 40 classes is wider than 60 columns",
        "",
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
    #expect(view.lines(width: 140)[1].contains("y z aa ab   ← predicted"))
  }

  /// Classes that are never confused, with names too long for the width.
  private static let twenty = ConfusionMatrixView(
    matrix((0..<20).map { label in (0..<20).map { $0 == label ? 25 : 0 } }),
    classNames: (0..<20).map { "profession number \($0)" })

  @Test func `long names are cut, so that twenty classes have their matrix in 80 columns`() {
    let lines = Self.twenty.lines(width: 80)
    #expect(lines.count == 22)
    #expect(lines.allSatisfy { $0.displayWidth <= 80 })
    #expect(lines[2].hasPrefix("profession n"))
  }

  @Test func `where neither the matrix fits nor anything was confused, that is said`() {
    #expect(
      Self.twenty.lines(width: 40) == [
        "confusion: nothing was confused; no", "class of 20 was taken for another",
      ])
  }
}
