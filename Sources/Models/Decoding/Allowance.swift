/// Which words may come next.
struct Allowance: Hashable, Sendable {
  /// The one word that may; nil for any.
  private(set) var only: Int32?
  /// Whether the sentence may end.
  private(set) var allowsEnd = true
  /// Words that may not.
  var banned: [Int32] = []

  static let any = Allowance()
  /// The sentence is too short to end.
  static let noEnd = Allowance(allowsEnd: false)
  static func only(_ word: Int32) -> Self { Allowance(only: word) }
}
