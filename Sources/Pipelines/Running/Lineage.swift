import Artifacts

/// How an artifact came about: the stage that made it, its options, and what it read.
package final class Lineage: Sendable {
  package let kind: String
  package let version: Int
  /// The stage as planned, with its options decoded.
  package let stage: any Stage
  package let key: StageKey
  package let port: String
  package let digest: Digest
  /// By the input's name in the key.
  package let inputs: [(name: String, lineage: Lineage)]

  init(
    stage: PlannedStage, key: StageKey, port: String, digest: Digest,
    inputs: [(name: String, lineage: Lineage)]
  ) {
    kind = stage.kind.kind
    version = stage.kind.version
    self.stage = stage.stage
    self.key = key
    self.port = port
    self.digest = digest
    self.inputs = inputs
  }

  /// The lineage of one input.
  package subscript(input: String) -> Lineage? { inputs.first { $0.name == input }?.lineage }
}
