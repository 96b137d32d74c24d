import Diagnostics
import Reports

extension Markup {
  /// A probability with four places, or less than what these can tell.
  static func probability(_ value: Double) -> Markup {
    .number(value, value < 0.0001 ? "< 0.0001" : Spelling.fixed(value, places: 4))
  }

  /// A score with the decimals of its metric.
  static func score(_ value: Double, of name: String) -> Markup {
    .number(value, Spelling.score(value, of: name))
  }
}
