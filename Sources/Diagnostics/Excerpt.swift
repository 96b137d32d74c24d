/// The source line a problem is in, with the stretch of it that is wrong.
package struct Excerpt: Hashable, Sendable {
  /// The whole source line, without its line end.
  package let line: String
  /// The first wrong column, counted from 1 in Unicode scalars.
  package let column: Int
  /// How many scalars are wrong; at least one caret is drawn.
  package let length: Int

  package init(line: String, column: Int, length: Int = 1) {
    self.line = line
    self.column = column
    self.length = length
  }

  /// The line and its caret, each behind a margin that holds the line number.
  package func lines(numbered number: Int?) -> [String] {
    let label = number.map(String.init) ?? ""
    let width = max(5, label.count)
    let margin = String(repeating: " ", count: width - label.count) + label
    let (shown, start) = window()
    let indent = shown.prefix(start).map { $0 == "\t" ? "\t" : " " }
    let marked = max(1, min(length, shown.count - start))
    let caret = "^" + String(repeating: "~", count: marked - 1)
    let text = String(String.UnicodeScalarView(shown.map(visible)))
    return [
      "\(margin) | \(text)",
      String(repeating: " ", count: width) + " | " + indent.joined() + caret,
    ]
  }

  /// At most 96 scalars of the line around the column, and the column's offset in them.
  private func window() -> (scalars: [Unicode.Scalar], start: Int) {
    let scalars = Array(line.unicodeScalars)
    let start = min(max(0, column - 1), scalars.count)
    guard scalars.count > 96 else { return (scalars, start) }
    let from = max(0, min(start - 24, scalars.count - 96))
    return (Array(scalars[from..<min(scalars.count, from + 96)]), start - from)
  }

  /// U+FFFD for a control character, which might move the cursor of the reader's terminal.
  private func visible(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    scalar.isObeyed && scalar != "\t" ? "\u{FFFD}" : scalar
  }
}
