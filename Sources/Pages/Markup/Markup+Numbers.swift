import Diagnostics

extension Markup {
  /// A number as people read it, with all its digits for programs: `<data value=…>`.
  package static func number(_ value: Double, _ spelling: String) -> Markup {
    .tag(.data, [.value: "\(value)"], spelling)
  }

  /// A score with four places.
  package static func score(_ value: Double) -> Markup {
    .number(value, Spelling.fixed(value, places: 4))
  }

  /// `12,345`.
  package static func count(_ value: Int) -> Markup {
    .tag(.data, [.value: "\(value)"], Spelling.count(value))
  }

  /// `12,345 rows`.
  package static func count(_ value: Int, _ noun: String) -> Markup {
    .tag(.data, [.value: "\(value)"], Spelling.count(value, noun))
  }

  /// `8.4 s`.
  package static func duration(_ seconds: Double) -> Markup {
    .number(seconds, Spelling.duration(seconds))
  }
}

extension Double {
  /// A length or place in a drawing, to a hundredth.
  var drawn: String {
    guard isFinite, abs(self) < 1e9 else { return "0" }
    let hundredths = Int((self * 100).rounded())
    guard hundredths % 100 != 0 else { return "\(hundredths / 100)" }
    return Spelling.rounded(self, places: 2)
  }
}
