import Diagnostics

extension Spelling {
  /// `2–7 tokens`, or `3 tokens` where the smallest is the largest.
  static func range(_ minimum: Int, _ maximum: Int, _ noun: String) -> String {
    minimum == maximum ? count(maximum, noun) : "\(minimum)–\(count(maximum, noun))"
  }

  /// What is said behind a number of which fewer are shown.
  static func onlyFirst(_ shown: Int) -> String {
    shown == 1 ? ", the first shown" : ", the first \(count(shown)) shown"
  }
}
