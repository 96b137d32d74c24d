/// Which words may come next in a translation.
struct WordConstraint: Hashable, Sendable {
  /// The one word that must come next; nil where there is a choice.
  private(set) var forced: Int32?
  /// Whether the translation may end here.
  private(set) var allowsEnd = true
  /// Words that may not come next.
  var banned: [Int32] = []

  static let none = WordConstraint()
  /// The translation is too short to end.
  static let noEnd = WordConstraint(allowsEnd: false)
  static func forced(_ word: Int32) -> Self { WordConstraint(forced: word) }
}
