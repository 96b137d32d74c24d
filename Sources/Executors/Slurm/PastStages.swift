import Artifacts
import Diagnostics
import Digests
import Pipelines

/// What stages needed when they last ran, by their names in definitions.
package struct PastStages: Sendable {
  struct Need: Hashable, Sendable {
    var seconds: Double
    var peakBytes: Int
  }

  /// How many records are read.
  private static let mostRecords = 1_000

  private var needs: [String: Need] = [:]

  package init() {}

  /// Reads the last records of the definitions that were run with a store.
  ///
  /// What cannot be read tells nothing: this is for economy alone.
  package init(in store: ArtifactStore) {
    let keys = ((try? DefinitionRoot.all(in: store, but: "")) ?? []).flatMap(\.keys)
    for (stage, key) in keys.prefix(Self.mostRecords) {
      guard let record = try? store.storedRecord(key) else { continue }
      note(stage.base, record)
    }
  }

  /// Learns from a record.
  mutating func note(_ stage: String, _ record: Record) {
    let known = needs[stage] ?? Need(seconds: 0, peakBytes: 0)
    needs[stage] = Need(
      seconds: max(known.seconds, record.seconds), peakBytes: max(known.peakBytes, record.peakBytes)
    )
  }

  subscript(stage: String) -> Need? { needs[stage] }
}
