/// The table for other programs, nothing in it cut.
extension TextTable {
  /// Comma-separated lines as RFC 4180 has them, the titles first; counts have no commas.
  package var csv: [String] {
    ([columns.map(\.title)] + cells.map(plain)).map { row in
      row.map(Self.quoted).joined(separator: ",")
    }
  }

  /// A table in Markdown.
  package var markdown: [String] {
    func line(_ cells: [String]) -> String {
      let escaped = cells.map { $0.printable.replacing("|", with: "\\|") }
      return "| \(escaped.joined(separator: " | ")) |"
    }
    let rule = columns.map { $0.alignment == .right ? "---:" : "---" }
    return [line(columns.map(\.title)), line(rule)] + cells.map(line)
  }

  private func plain(_ row: [String]) -> [String] {
    zip(columns, row).map { column, cell in
      let isCount =
        column.alignment == .right && cell.wholeMatch(of: /-?\d{1,3}(,\d{3})+(\.\d+)?/) != nil
      return isCount ? cell.replacing(",", with: "") : cell
    }
  }

  private static func quoted(_ cell: String) -> String {
    guard cell.contains(where: { ",\"".contains($0) || $0.isNewline }) else { return cell }
    return "\"\(cell.replacing("\"", with: "\"\""))\""
  }
}
