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
    for run in try store.runs() { try add(run) }
  }

  subscript(key: Digest) -> Name? { names[key] }

  /// Adds the last results of a definition, which count more than those of a run.
  mutating func add(_ root: DefinitionRoot) {
    for (stage, key) in root.keys {
      names[key] = Name(definition: root.path, stage: stage.description)
    }
  }

  /// Adds the results of a run, where they have no name yet.
  mutating func add(_ run: PastRun) throws(Diagnostic) {
    let definition = try run.definition
    for (stage, key) in try run.results where names[key] == nil {
      names[key] = Name(definition: definition, stage: stage)
    }
  }
}

extension PastRun {
  /// The path of the definition that was run; nil where its journal does not say.
  var definition: String? {
    get throws(Diagnostic) {
      let start = try events.first
      return start?["path"]?.stringValue ?? start?["definition"]?.stringValue
    }
  }
}
