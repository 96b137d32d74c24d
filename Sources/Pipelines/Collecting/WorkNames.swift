import Artifacts
import Diagnostics
import Digests
import Formats

/// What stages are called that had the keys of a store's results, and in which definitions.
struct WorkNames {
  /// A stage of a definition.
  struct Name: Hashable {
    /// The definition's path; nil where none is known.
    let definition: String?
    let stage: String
  }

  private var names: [Digest: Name] = [:]

  init() {}

  /// Those of every definition and run that a store remembers; the last one counts.
  init(in store: ArtifactStore) throws(Diagnostic) {
    for root in try DefinitionRoot.all(in: store) { add(root) }
    for run in try store.runs() { add(try run.work) }
  }

  subscript(key: Digest) -> Name? { names[key] }

  /// Adds the last results of a definition, which count more than those of a run.
  mutating func add(_ root: DefinitionRoot) {
    for (stage, key) in root.keys {
      names[key] = Name(definition: root.path, stage: stage.description)
    }
  }

  /// Adds the results of a run, where they have no name yet.
  mutating func add(_ work: RunWork) {
    for (stage, key) in work.results where names[key] == nil {
      names[key] = Name(definition: work.definition, stage: stage)
    }
  }
}
