/// The attention of each target word to each source word, drawn for a terminal.
///
/// Rows are target words; columns are source words by their numbers, which are listed below.
package struct AttentionGrid: Sendable {
  private static let shades: [Character] = [" ", "░", "▒", "▓", "█"]

  private let written: [String]
  private let read: [String]
  /// [target words × source words].
  private let weights: [Float]

  package init(written: [String], read: [String], weights: [Float]) {
    precondition(
      weights.count == written.count * read.count,
      "\(weights.count) weights of \(written.count) × \(read.count) words")
    self.written = written.map(\.printable)
    self.read = read.map(\.printable)
    self.weights = weights
  }

  /// The lines of the drawing; columns that do not fit are drawn below the others.
  package func lines(width: Int) -> [String] {
    let labelWidth = min(20, written.reduce(0) { max($0, $1.displayWidth) })
    let cell = "\(read.count)".count + 1
    let bandWidth = max(1, (width - labelWidth) / cell)
    var lines: [String] = []
    for start in stride(from: 0, to: read.count, by: bandWidth) {
      let band = start..<min(start + bandWidth, read.count)
      lines.append(
        String(repeating: " ", count: labelWidth)
          + band.map { "\($0 + 1)".leftPadded(to: cell) }.joined())
      for (row, word) in written.enumerated() {
        let shades = band.map { column in
          " " + String(repeating: shade(of: weights[row * read.count + column]), count: cell - 1)
        }
        lines.append(word.fitted(to: labelWidth).padded(to: labelWidth) + shades.joined())
      }
    }
    let legend = read.enumerated().map { "\($0 + 1) \($1)" }.joined(separator: "  ")
    return lines + legend.wrapped(to: width)
  }

  private func shade(of weight: Float) -> Character {
    let last = Self.shades.count - 1
    guard weight.isFinite else { return "?" }
    return Self.shades[max(0, min(last, Int(clamping: Double((weight * Float(last)).rounded()))))]
  }
}
