/// How fast the parameters of some names learn, and from when on.
package struct ParameterRate: Hashable, Sendable {
  package let names: NamePattern
  /// What the learning rate is multiplied by for them; 0: they are frozen.
  package let factor: Double
  /// The first epoch in which they are learnt, counted from 0; they are frozen before.
  package let firstEpoch: Int

  package init(_ pattern: String, factor: Double, firstEpoch: Int = 0) {
    precondition(factor >= 0 && firstEpoch >= 0, "a rate times \(factor) from epoch \(firstEpoch)")
    names = NamePattern(pattern)
    self.factor = factor
    self.firstEpoch = firstEpoch
  }
}
