/// Losses and scores by epoch, each group in its own chart.
package struct LearningCurve: Sendable {
  private let charts: [LineChart]

  /// - Parameter groups: the series of each chart; charts without a number in them are left out.
  package init(epochs: [Int], _ groups: [[LineChart.Series]]) {
    let (first, last) = (epochs.first ?? 0, epochs.last ?? 0)
    charts = groups.filter { group in
      group.contains { $0.values.contains { $0 != nil } }
    }.map { LineChart($0, from: "epoch \(first)", to: "\(last)") }
  }

  /// The charts side by side where the width allows it, else below each other.
  package func lines(width: Int, height: Int = 9) -> [String] {
    let isBeside = charts.count > 1 && width >= 72
    let chartWidth = min(70, isBeside ? (width - 3) / 2 : width)
    let drawings = charts.map { $0.lines(width: chartWidth, height: height) }
    guard isBeside else { return Array(drawings.joined(separator: [""])) }
    var lines: [String] = []
    for start in stride(from: 0, to: drawings.count, by: 2) {
      if start > 0 { lines.append("") }
      let pair = drawings[start..<min(start + 2, drawings.count)]
      lines += (0..<height + 2).map { row in
        var line = pair.map { $0[row].padded(to: chartWidth) }.joined(separator: "   ")
        while line.last == " " { line.removeLast() }
        return line
      }
    }
    return lines
  }
}
