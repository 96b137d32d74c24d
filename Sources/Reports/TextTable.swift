/// A table of text for a terminal: aligned columns under their titles.
package struct TextTable: Sendable {
  /// A column's title and the alignment of its cells.
  package struct Column: Sendable {
    package enum Alignment: Sendable {
      case left, right
    }

    let title: String
    let alignment: Alignment
    /// Whether its cells may be cut where the table is too wide.
    let canShrink: Bool

    /// Text, cut where the table is too wide.
    package static func text(_ title: String = "") -> Column {
      Column(title: title.printable, alignment: .left, canShrink: true)
    }

    /// Names, never cut.
    package static func name(_ title: String = "") -> Column {
      Column(title: title.printable, alignment: .left, canShrink: false)
    }

    /// Numbers, right-aligned and never cut.
    package static func number(_ title: String = "") -> Column {
      Column(title: title.printable, alignment: .right, canShrink: false)
    }
  }

  private static let gap = "  "
  /// The least width that a column is cut to.
  private static let leastWidth = 6

  let columns: [Column]
  /// Row by row, as they were given.
  private(set) var cells: [[String]] = []

  package init(_ columns: [Column]) { self.columns = columns }

  package var isEmpty: Bool { cells.isEmpty }

  /// Each column's title, and whether it holds numbers.
  package var titles: [(title: String, isNumber: Bool)] {
    columns.map { ($0.title, $0.alignment == .right) }
  }

  /// Row by row, as people read them.
  package var printableCells: [[String]] { cells.map { $0.map(\.printable) } }

  /// Adds a row with a cell for each column.
  package mutating func append(_ cells: [String]) {
    precondition(cells.count == columns.count, "\(cells.count) cells for \(columns.count) columns")
    self.cells.append(cells)
  }

  /// The titles, a rule below each, and a line for each row; columns may have no title.
  package func lines(width: Int) -> [String] {
    let rows = cells.map { $0.map(\.printable) }
    let widths = widths(of: rows, atMost: width)
    var lines = rows.map { line($0, widths) }
    if columns.contains(where: { !$0.title.isEmpty }) {
      let rule = zip(columns, widths).map { column, width in
        column.title.isEmpty ? "" : String(repeating: "─", count: width)
      }
      lines.insert(contentsOf: [line(columns.map(\.title), widths), line(rule, widths)], at: 0)
    }
    return lines
  }

  /// The width of each column; the widest ones that may shrink do so first.
  private func widths(of rows: [[String]], atMost limit: Int) -> [Int] {
    var widths = columns.indices.map { index in
      rows.reduce(columns[index].title.displayWidth) { max($0, $1[index].displayWidth) }
    }
    var excess = widths.reduce(Self.gap.count * (columns.count - 1), +) - limit
    while excess > 0 {
      let candidates = columns.indices.filter {
        columns[$0].canShrink && widths[$0] > Self.leastWidth
      }
      guard let widest = candidates.max(by: { widths[$0] < widths[$1] }) else { break }
      let next = candidates.filter { widths[$0] < widths[widest] }.map { widths[$0] }.max()
      let step = max(1, min(excess, widths[widest] - max(next ?? 0, Self.leastWidth)))
      widths[widest] -= step
      excess -= step
    }
    return widths
  }

  private func line(_ cells: [String], _ widths: [Int]) -> String {
    var line = columns.indices.map { index in
      let cell = cells[index].fitted(to: widths[index])
      return switch columns[index].alignment {
      case .left: cell.padded(to: widths[index])
      case .right: cell.leftPadded(to: widths[index])
      }
    }.joined(separator: Self.gap)
    while line.last == " " { line.removeLast() }
    return line
  }
}
