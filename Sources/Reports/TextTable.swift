/// A table of text for a terminal: aligned columns under their titles.
package struct TextTable: Sendable {
  /// A column's title and the alignment of its cells.
  package struct Column: Sendable {
    package enum Alignment: Sendable {
      case left, right
    }

    /// Which part of a cell that is too wide is kept.
    fileprivate enum Kept {
      case all, start, end
    }

    let title: String
    let alignment: Alignment
    fileprivate let kept: Kept

    /// Text, cut where the table is too wide.
    package static func text(_ title: String = "") -> Column {
      Column(title: title.printable, alignment: .left, kept: .start)
    }

    /// Paths, whose ends say more than their starts, cut where the table is too wide.
    package static func path(_ title: String = "") -> Column {
      Column(title: title.printable, alignment: .left, kept: .end)
    }

    /// Names, never cut.
    package static func name(_ title: String = "") -> Column {
      Column(title: title.printable, alignment: .left, kept: .all)
    }

    /// Numbers, right-aligned and never cut.
    package static func number(_ title: String = "") -> Column {
      Column(title: title.printable, alignment: .right, kept: .all)
    }
  }

  private static let gap = "  "
  /// The least width that a column is cut to.
  private static let leastWidth = 6

  let columns: [Column]
  /// How many of the first columns say what a row is about.
  private let keyCount: Int
  /// Row by row, as they were given.
  private(set) var cells: [[String]] = []

  package init(_ columns: [Column], keyCount: Int = 1) {
    self.columns = columns
    self.keyCount = keyCount
  }

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
  ///
  /// Columns that find no room stand in another table below, after the key columns again.
  package func lines(width: Int) -> [String] {
    let rows = cells.map { $0.map(\.printable) }
    let natural = naturalWidths(of: rows)
    let shrunk = shrunk(natural, atMost: width)
    if total(shrunk) <= width {
      return lines(of: Array(columns.indices), rows, shrunk)
    }
    let room = max(Self.leastWidth, width - total(natural.prefix(keyCount)) - Self.gap.count)
    let widths = zip(columns, natural).map { $0.kept == .all ? $1 : min($1, room) }
    return Array(
      groups(of: widths, atMost: width).map { lines(of: $0, rows, widths) }.joined(separator: [""]))
  }

  /// Whether all columns stand side by side.
  package func fits(width: Int) -> Bool {
    total(shrunk(naturalWidths(of: cells.map { $0.map(\.printable) }), atMost: width)) <= width
  }

  private func lines(of group: [Int], _ rows: [[String]], _ widths: [Int]) -> [String] {
    let lines = rows.map { line($0, of: group, widths) }
    guard group.contains(where: { !columns[$0].title.isEmpty }) else { return lines }
    let rule = zip(columns, widths).map { column, width in
      column.title.isEmpty ? "" : String(repeating: "─", count: width)
    }
    return [line(columns.map(\.title), of: group, widths), line(rule, of: group, widths)] + lines
  }

  /// The columns of each table, as many in each as there is room for.
  private func groups(of widths: [Int], atMost limit: Int) -> [[Int]] {
    let keys = Array(columns.indices.prefix(keyCount))
    var groups: [[Int]] = []
    for index in columns.indices.dropFirst(keyCount) {
      let extended = (groups.last ?? keys) + [index]
      if !groups.isEmpty, total(extended.map { widths[$0] }) <= limit {
        groups[groups.count - 1] = extended
      } else {
        groups.append(keys + [index])
      }
    }
    return groups.isEmpty ? [keys] : groups
  }

  private func total(_ widths: some Collection<Int>) -> Int {
    widths.reduce(Self.gap.count * (widths.count - 1), +)
  }

  /// What the widest cell of each column takes.
  private func naturalWidths(of rows: [[String]]) -> [Int] {
    columns.indices.map { index in
      rows.reduce(columns[index].title.displayWidth) { max($0, $1[index].displayWidth) }
    }
  }

  /// The widths, less what is too much; the widest ones that may shrink do so first.
  private func shrunk(_ natural: [Int], atMost limit: Int) -> [Int] {
    var widths = natural
    var excess = total(widths) - limit
    while excess > 0 {
      let candidates = columns.indices.filter {
        columns[$0].kept != .all && widths[$0] > Self.leastWidth
      }
      guard let widest = candidates.max(by: { widths[$0] < widths[$1] }) else { break }
      let next = candidates.filter { widths[$0] < widths[widest] }.map { widths[$0] }.max()
      let step = max(1, min(excess, widths[widest] - max(next ?? 0, Self.leastWidth)))
      widths[widest] -= step
      excess -= step
    }
    return widths
  }

  private func line(_ cells: [String], of group: [Int], _ widths: [Int]) -> String {
    var line = group.map { index in
      let cell =
        columns[index].kept == .end
        ? cells[index].endFitted(to: widths[index]) : cells[index].fitted(to: widths[index])
      return switch columns[index].alignment {
      case .left: cell.padded(to: widths[index])
      case .right: cell.leftPadded(to: widths[index])
      }
    }.joined(separator: Self.gap)
    while line.last == " " { line.removeLast() }
    return line
  }
}
