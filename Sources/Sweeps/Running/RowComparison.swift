import Artifacts
import Diagnostics

/// Tells whether two results were scored on the same rows, which only who knows their tables can.
package struct RowComparison: Sendable {
  let areSame:
    @Sendable (_ a: Record, _ b: Record, _ store: ArtifactStore) throws(Diagnostic) -> Bool

  /// - Parameter areSame: given two records of a stage that scores.
  package init(
    _ areSame:
      @escaping @Sendable (_ a: Record, _ b: Record, _ store: ArtifactStore) throws(Diagnostic) ->
      Bool
  ) {
    self.areSame = areSame
  }
}
