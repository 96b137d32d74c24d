import Diagnostics

/// Counts as horizontal bars with their share: label balance, lengths.
package struct BarChart: Sendable {
  private static let eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
  /// The length of a full bar at most, however wide the terminal is.
  private static let longestBar = 48

  private let bars: [(label: String, count: Int)]
  private let total: Int
  /// The count of a full bar.
  private let most: Int
  private let labelAlignment: TextTable.Column.Alignment

  /// - Parameters:
  ///   - total: what shares are of; the sum of the counts unless given.
  ///   - most: the count of a full bar; the largest one unless given.
  package init(
    _ bars: [(label: String, count: Int)], total: Int? = nil, most: Int? = nil,
    labelAlignment: TextTable.Column.Alignment = .left
  ) {
    self.bars = bars.map { (label: $0.label.printable, count: $0.count) }
    self.total = total ?? bars.reduce(0) { $0 + $1.count }
    self.most = most ?? bars.map(\.count).max() ?? 0
    self.labelAlignment = labelAlignment
  }

  /// A line for each bar: label, bar, count, share.
  package func lines(width: Int) -> [String] {
    let counts = bars.map { Spelling.count($0.count) }
    let shares = bars.map { Spelling.percent($0.count, of: total) }
    let countWidth = counts.map(\.count).max() ?? 0
    let shareWidth = shares.map(\.count).max() ?? 0
    let widestLabel = bars.map(\.label.displayWidth).max() ?? 0
    let labelWidth = min(widestLabel, max(6, width / 3))
    let barWidth = max(
      1, min(Self.longestBar, width - labelWidth - countWidth - shareWidth - 5))
    return bars.indices.map { index in
      let label = bars[index].label.fitted(to: labelWidth)
      let bar = Self.bar(bars[index].count, of: most, width: barWidth)
      return [
        labelAlignment == .left
          ? label.padded(to: labelWidth) : label.leftPadded(to: labelWidth),
        "▕" + bar.padded(to: barWidth), counts[index].leftPadded(to: countWidth) + " ",
        shares[index].leftPadded(to: shareWidth),
      ].joined(separator: " ")
    }
  }

  /// A bar of eighths of a character; a count above 0 shows at least the thinnest one.
  static func bar(_ count: Int, of most: Int, width: Int) -> String {
    guard count > 0, most > 0 else { return "" }
    let length = max(1, Int((Double(count) / Double(most) * Double(width * 8)).rounded()))
    return String(repeating: "█", count: length / 8) + eighths[length % 8]
  }
}
