/// Lines between the rows of a list, from each row to the later ones that read it.
///
/// Rows are numbered from 0, and each reads earlier ones only. A row stands on a rail; it stays there
/// until its last reader, and its rail is free again behind that one.
package struct GraphRails: Hashable, Sendable {
  /// What stands before a row: at the row itself, and at further lines of its text.
  package struct Row: Hashable, Sendable {
    package let node: String
    package let below: String
  }

  package let rows: [Row]
  /// The columns that the widest of them takes.
  package let width: Int

  /// - Parameter readers: for each row, the rows that it reads.
  package init(readers: [[Int]]) {
    var last = readers.indices.map(\.self)
    for (row, sources) in readers.enumerated() {
      for source in sources { last[source] = max(last[source], row) }
    }
    var rails: [Int?] = []
    rows = readers.enumerated().map { row, sources in
      let read = sources.compactMap { rails.firstIndex(of: $0) }
      let ending = read.filter { rails[$0].map { last[$0] == row } ?? false }
      let place = ending.min() ?? rails.firstIndex(of: nil) ?? rails.count
      if place == rails.count { rails.append(nil) }
      let node = Self.line(of: rails, node: place, reading: read, ending: ending)
      for rail in ending { rails[rail] = nil }
      rails[place] = last[row] > row ? row : nil
      while rails.last == .some(nil) { rails.removeLast() }
      let below = rails.map { $0 == nil ? "  " : "│ " }.joined()
      return Row(node: Self.trimmed(node), below: Self.trimmed(below))
    }
    width = rows.map(\.node.count).max() ?? 0
  }

  /// A row's own line: `●` on its rail, and what leads there from the rails that it reads.
  private static func line(
    of rails: [Int?], node: Int, reading: [Int], ending: [Int]
  ) -> String {
    let span = reading.reduce(node...node) { min($0.lowerBound, $1)...max($0.upperBound, $1) }
    return rails.indices.map { rail -> String in
      let isLast = rail == span.upperBound
      let dash = span.contains(rail) && !isLast ? "─" : " "
      if rail == node { return "●" + dash }
      if reading.contains(rail) {
        let (isLeft, isRight) = (rail > span.lowerBound, rail < span.upperBound)
        if isLeft, isRight { return (ending.contains(rail) ? "┴" : "┼") + dash }
        if ending.contains(rail) { return (isRight ? "╰" : "╯") + dash }
        return (isRight ? "├" : "┤") + dash
      }
      return (rails[rail] != nil ? "│" : span.contains(rail) ? "─" : " ") + dash
    }.joined()
  }

  private static func trimmed(_ text: String) -> String {
    String(text.reversed().drop { $0 == " " }.reversed())
  }
}
