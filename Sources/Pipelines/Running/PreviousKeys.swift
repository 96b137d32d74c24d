import Artifacts
import Diagnostics
import Digests
import Files

/// The keys that the stages of a plan had when they last ran well, by the stage's name.
///
/// They say what changed since, and which artifacts the definition or sweep keeps.
package struct PreviousKeys {
  private let store: ArtifactStore
  /// What the store knows the plan's keys by.
  let root: String
  /// The status of their file before it was read; nil when there was none.
  let rootStatus: FileStatus?
  private let path: String
  private var keys: [String: Digest]
  private var lookCount = 0
  /// Whether they differ from what the store has.
  private(set) var isChanged = false

  package init(of plan: Plan, in store: ArtifactStore) throws(Diagnostic) {
    self.store = store
    path = DefinitionRoot.canonical(plan.definition.path)
    root = Self.rootName(of: plan, at: path)
    rootStatus = store.rootStatus(named: root)
    keys = [:]
    guard let text = try store.root(named: root) else { return }
    // One without a checksum is written anew with one, and so is one that is damaged.
    if case .whole(_, hasChecksum: true) = text { isChanged = false } else { isChanged = true }
    guard let known = DefinitionRoot(name: root, text) else {
      store.notice(.damagedRoot(root, text, in: store))
      return
    }
    lookCount = known.lookCount
    keys = Dictionary(known.keys.map { ($0.stage.description, $0.key) }, uniquingKeysWith: { $1 })
  }

  /// The roots of all other definitions and sweeps.
  package static func others(than plan: Plan, in store: ArtifactStore) throws(Diagnostic)
    -> [DefinitionRoot]
  {
    let own = rootName(of: plan, at: DefinitionRoot.canonical(plan.definition.path))
    return try DefinitionRoot.all(in: store, but: own)
  }

  private static func rootName(of plan: Plan, at path: String) -> String {
    rootName(ofDefinition: path, sweep: plan.sweep)
  }

  /// - Parameter path: that of the definition without links.
  static func rootName(ofDefinition path: String, sweep: String? = nil) -> String {
    BLAKE3.digest(of: path + (sweep.map { "\n\($0)" } ?? "")).short
  }

  package subscript(stage: String) -> Digest? {
    get { keys[stage] }
    set {
      guard keys[stage] != newValue else { return }
      isChanged = true
      keys[stage] = newValue
    }
  }

  /// Has the store look records up by the index that the last run of the plan left.
  func recallRecords() { store.recallRecords(of: root) }

  /// In no order.
  package var all: [Digest] { Array(keys.values) }

  /// Writes the keys back if any changed.
  mutating func save() {
    guard isChanged else { return }
    let lines = keys.sorted { $0.key < $1.key }.map { "\($0.key)\t\($0.value)\n" }
    store.setRoot(
      named: root,
      to: DefinitionRoot.heading(of: path) + DefinitionRoot.line(ofLooks: lookCount)
        + lines.joined())
    isChanged = false
  }

  /// Counts that test scores were shown which the definition keeps for the end.
  ///
  /// - Returns: how often that was now; nil where the store is not there or cannot be written to.
  package static func countLook(at plan: Plan, in store: ArtifactStore) throws(Diagnostic) -> Int? {
    guard try store.exists, !store.isReadOnly else { return nil }
    var previous = try PreviousKeys(of: plan, in: store)
    previous.lookCount += 1
    previous.isChanged = true
    previous.save()
    return previous.lookCount
  }
}
