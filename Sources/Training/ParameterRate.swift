/// How fast the parameters of some names learn.
package struct ParameterRate: Hashable, Sendable {
  package let names: NamePattern
  /// What the learning rate is multiplied by for them; 0: they are frozen.
  package let factor: Double

  package init(_ pattern: String, factor: Double) {
    precondition(factor >= 0, "a rate times \(factor)")
    names = NamePattern(pattern)
    self.factor = factor
  }
}
