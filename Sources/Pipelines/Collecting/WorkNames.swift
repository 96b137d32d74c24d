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
  /// The definitions, by their paths, that have had a key.
  private var definitions: [Digest: Set<String>] = [:]

  init() {}

  /// Those of every definition and run that a store remembers; the last one counts.
  init(in store: ArtifactStore) throws(Diagnostic) {
    for root in try DefinitionRoot.all(in: store) { add(root) }
    for run in try store.runs() { add(try run.work) }
  }

  subscript(key: Digest) -> Name? { names[key] }

  /// The definitions beside the named one that have had a key, in the order of their paths.
  func otherDefinitions(of key: Digest) -> [String] {
    (definitions[key] ?? []).filter { $0 != names[key]?.definition }.sorted()
  }

  /// Adds the last results of a definition, which count more than those of a run.
  mutating func add(_ root: DefinitionRoot) {
    for (stage, key) in root.keys {
      names[key] = Name(definition: root.path, stage: stage.description)
      if let path = root.path { definitions[key, default: []].insert(path) }
    }
  }

  /// Adds the results of a run, where they have no name yet.
  mutating func add(_ work: RunWork) {
    for (stage, key) in work.results {
      if names[key] == nil { names[key] = Name(definition: work.definition, stage: stage) }
      if let path = work.definition { definitions[key, default: []].insert(path) }
    }
  }
}
