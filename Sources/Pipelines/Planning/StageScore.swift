/// A number in a stage's scores by which results can be compared.
package struct StageScore: Hashable, Sendable {
  package let name: String
  /// Whether the larger or the smaller of two values is the better one.
  package let better: Objective.Direction

  package init(_ name: String, better: Objective.Direction) {
    self.name = name
    self.better = better
  }
}
