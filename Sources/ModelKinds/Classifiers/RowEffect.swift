/// How much a part of a row speaks for one class and against another.
package struct RowEffect: Hashable, Sendable {
  /// The ids of the part: a word, or an n-gram.
  package let ids: [Int32]
  /// What it adds to the logarithm of the odds, about: below 0, it speaks for the other class.
  package let effect: Float

  package init(ids: [Int32], effect: Float) {
    self.ids = ids
    self.effect = effect
  }
}
