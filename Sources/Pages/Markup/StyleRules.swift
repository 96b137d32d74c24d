/// Style rules of this program's own, written without escaping: no text from elsewhere is in them.
package struct StyleRules: ExpressibleByStringLiteral, Sendable {
  let text: String

  package init(stringLiteral text: StaticString) { self.text = "\(text)" }

  private init(text: String) { self.text = text }

  static func + (rules: Self, more: Self) -> Self { Self(text: rules.text + more.text) }

  /// The rules where a condition of CSS holds, such as `print`.
  func when(_ condition: StaticString) -> Self {
    Self(text: "@media \(condition) {\n\(text)}\n")
  }

  /// The rules with plain colours in place of those that they name, as `var(--ink)`.
  func colored(by palette: Palette) -> Self {
    Self(
      text: palette.colors.reduce(text) { text, color in
        text.replacing("var(--\(color.key))", with: "\(color.value)")
      })
  }

  /// The rules that give the colours of a palette their names.
  static func naming(_ palette: Palette, scheme: StaticString) -> Self {
    let colors = palette.colors.map { "  --\($0.key): \($0.value);\n" }
    return Self(text: ":root { color-scheme: \(scheme);\n\(colors.joined())}\n")
  }
}
