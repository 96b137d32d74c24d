import Artifacts
import Diagnostics
import Digests
import Files

/// What collecting garbage would remove from a store, and what it would keep.
package struct CollectionPlan: Sendable {
  /// Work whose record or bytes are removed.
  package struct Work: Sendable {
    package let record: Record
    /// The stage's name when it last ran; nil when no journal has it.
    package let stage: String?
    /// The path of the definition that it was made for; nil when neither root nor journal has it.
    package let definition: String?
    /// The paths of other definitions that have it too.
    package let otherDefinitions: [String]
    /// The outputs that are removed.
    package let outputs: [RecordedOutput]
    /// How its key differs from that of the stage's last result; nil when there is none.
    package let changes: [String]?
    /// How long ago it was recorded, in seconds.
    package let age: Double

    package var byteCount: Int { outputs.reduce(0) { $0 + $1.byteCount } }
  }

  /// Checkpoints of work that nobody continues.
  package struct UnfinishedWork: Sendable {
    package let key: Digest
    package let byteCount: Int
    package let age: Double
    /// Whether only its checkpoints are removed, and its log and the reason of its failure stay.
    package let keepsReason: Bool
  }

  /// Work that nothing keeps: its record is removed, and the outputs that no other record names.
  package internal(set) var removed: [Work] = []
  /// Work whose bytes are evicted to bring the store to its size; cheapest to make again first.
  package internal(set) var evicted: [Work] = []
  /// Objects that no record names.
  package internal(set) var unnamed: [StoredObject] = []
  package internal(set) var unfinished: [UnfinishedWork] = []
  /// Runs whose journals are removed.
  package internal(set) var runs: [PastRun] = []
  /// Roots of definitions that no longer exist.
  package internal(set) var goneRoots: [DefinitionRoot] = []
  /// Files set aside because they were damaged.
  package internal(set) var damaged: [AgedFile] = []
  /// How much stays, by reason.
  package internal(set) var kept: [(reason: KeepReason, works: Int, byteCount: Int)] = []
  /// The store's size before, in bytes.
  package internal(set) var before = 0
  package internal(set) var after = 0
  package let policy: CollectionPolicy

  /// By how many bytes the store will still be larger than the policy says.
  package var excess: Int { policy.byteCount.map { max(0, after - $0) } ?? 0 }

  package var isEmpty: Bool {
    removed.isEmpty && evicted.isEmpty && unnamed.isEmpty && unfinished.isEmpty && runs.isEmpty
      && goneRoots.isEmpty && damaged.isEmpty
  }

  /// Plans the collection without removing anything.
  ///
  /// - Parameter current: the keys that definitions have now, from `currentKeys`.
  /// - Throws: when something that may say that a result must stay cannot be read.
  package init(
    of store: ArtifactStore, _ policy: CollectionPolicy, current: [String: [Digest]] = [:]
  ) throws(Diagnostic) {
    try self.init(
      of: store, policy, use: store.use(), current: current, now: Clock.nanoseconds())
  }

  /// Makes a plan and carries it out.
  ///
  /// - Returns: the plan.
  package static func carryOut(
    in store: ArtifactStore, _ policy: CollectionPolicy, current: [String: [Digest]] = [:]
  ) throws(Diagnostic) -> CollectionPlan {
    let clearing = try store.clear()
    let plan = try CollectionPlan(
      of: store, policy, use: clearing.use, current: current, now: Clock.nanoseconds())
    try plan.carryOut(clearing, in: store)
    return plan
  }

  private func carryOut(_ clearing: StoreClearing, in store: ArtifactStore) throws(Diagnostic) {
    for root in goneRoots { try store.removeRoot(named: root.name) }
    try clearing.remove(
      records: removed.map(\.record.key),
      objects: removed.flatMap { $0.outputs.map(\.digest) } + unnamed.map(\.digest))
    _ = try clearing.evict(evicted.flatMap { $0.outputs.map(\.digest) })
    for work in unfinished {
      try store.removeUnfinished(work.key, keepingReason: work.keepsReason)
    }
    for run in runs { try store.removeRun(run) }
    for file in damaged { try store.removeDamaged(file) }
    try store.removeStaleMarks()
    store.removeStalePieces()
    store.sweepTemporaryFiles()
  }
}
