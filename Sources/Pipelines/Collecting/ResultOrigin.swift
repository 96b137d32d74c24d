import Artifacts
import Diagnostics
import Digests
import Formats

/// The stage of a definition that last had a result, and how its run was asked for.
package struct ResultOrigin: Sendable {
  /// The definition's path.
  package let definition: String
  package let stage: StageName
  /// The settings that overrode the definition's: `train.epochs=4`.
  package let settings: [String]
  /// The sweep that the run was one of.
  package let sweep: String?
  /// How that sweep was written on the command line; nil for one of the definition's.
  package let variation: WrittenVariation?
}

extension ResultOrigin {
  /// The origins of results by their keys, as far as the store remembers.
  ///
  /// Journals and roots that cannot be read are passed over: this is asked where a store is damaged.
  package static func all(of keys: Set<Digest>, in store: ArtifactStore) -> [Digest: ResultOrigin] {
    var origins: [Digest: ResultOrigin] = [:]
    guard !keys.isEmpty else { return origins }
    for name in (try? store.rootNames()) ?? [] {
      guard let root = try? DefinitionRoot(named: name, in: store), let path = root.path else {
        continue
      }
      for (stage, key) in root.keys where keys.contains(key) && origins[key] == nil {
        origins[key] = ResultOrigin(
          definition: path, stage: stage, settings: [], sweep: nil, variation: nil)
      }
    }
    // A sweep is asked for again only where no run gave the result.
    var ofSweeps: [Digest: ResultOrigin] = [:]
    for run in (try? store.runs()) ?? [] where origins.count < keys.count {
      guard let events = try? run.events, let work = try? run.work, let path = work.definition
      else { continue }
      let start = events.first
      for (stage, key) in work.results where keys.contains(key) {
        let origin = ResultOrigin(
          definition: path, stage: StageName(written: stage),
          settings: start?["settings"]?.arrayValue?.compactMap(\.stringValue) ?? [],
          sweep: start?["sweep"]?.stringValue, variation: WrittenVariation(start?["variation"]))
        if origin.sweep != nil {
          ofSweeps[key] = ofSweeps[key] ?? origin
        } else {
          origins[key] = origins[key] ?? origin
        }
      }
    }
    return origins.merging(ofSweeps) { origin, _ in origin }
  }
}
