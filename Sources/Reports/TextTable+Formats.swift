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

  /// A tabular environment of LaTeX with the rules of booktabs.
  package var latex: [String] {
    func line(_ cells: [String]) -> String {
      cells.map(\.printable.latex).joined(separator: " & ") + " \\\\"
    }
    let alignment = columns.map { $0.alignment == .right ? "r" : "l" }.joined()
    return ["% \\usepackage{booktabs}", "\\begin{tabular}{\(alignment)}", "\\toprule"]
      + [line(columns.map(\.title)), "\\midrule"] + cells.map(line)
      + ["\\bottomrule", "\\end{tabular}"]
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

extension String {
  /// The text with what means something to LaTeX written as commands.
  fileprivate var latex: String {
    let commands: [Character: String] = [
      "\\": "\\textbackslash{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}",
      "&": "\\&", "%": "\\%", "$": "\\$", "#": "\\#", "_": "\\_", "{": "\\{", "}": "\\}",
      "±": "$\\pm$", "−": "$-$", "≤": "$\\leq$", "≥": "$\\geq$", "≠": "$\\neq$", "★": "$\\star$",
      "→": "$\\rightarrow$", "<": "$<$", ">": "$>$", "·": "$\\cdot$",
    ]
    return map { commands[$0] ?? String($0) }.joined()
  }
}
