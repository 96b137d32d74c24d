import Reports

extension Markup {
  /// A score with as many places as say something: two for points of up to 100, four for shares.
  static func score(_ value: Double, of name: String) -> Markup {
    .number(value, Spelling.fixed(value, places: places(of: name)))
  }

  /// The places that a score of this name is told with.
  static func places(of name: String) -> Int {
    ["bleu", "chrf", "ter", "perplexity"].contains { name.hasPrefix($0) } ? 2 : 4
  }
}
