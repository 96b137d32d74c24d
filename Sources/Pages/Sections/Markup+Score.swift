import Diagnostics
import Reports

extension Markup {
  /// A score with the decimals of its metric.
  static func score(_ value: Double, of name: String) -> Markup {
    .number(value, Spelling.score(value, of: name))
  }
}
