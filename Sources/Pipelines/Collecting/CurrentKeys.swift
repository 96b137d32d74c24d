import Artifacts
import Diagnostics
import Digests
import Files

extension DefinitionRoot {
  /// By path, the keys that the definitions run with a store have now, as far as they have records.
  ///
  /// A definition with problems has none; the keys of its last run are in its root.
  package static func currentKeys(
    in store: ArtifactStore, catalog: StageCatalog
  ) throws(Diagnostic) -> [String: [Digest]] {
    var keys: [String: [Digest]] = [:]
    for path in Set(try all(in: store).compactMap(\.path)) {
      guard let bytes = try? InputFile.contents(of: path, atMost: 64 << 20),
        case .plan(let plan) = Plan.read(bytes, file: path, overlay: [], catalog: catalog)
      else { continue }
      keys[path] = try Assessment(of: plan, in: store).stages.compactMap { $0.record?.key }
    }
    return keys
  }
}
