import Artifacts
import Diagnostics
import Digests
import Files

/// What collecting garbage would take from a store, and what it would leave.
package struct CollectionPlan: Sendable {
  /// Work whose record or bytes go.
  package struct Work: Sendable {
    package let record: Record
    /// What the stage was called when it last ran; nil when no journal tells.
    package let stage: String?
    /// The outputs that go.
    package let outputs: [RecordedOutput]
    /// What is other than in the last result of the definition, as in its key; nil without one.
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
    /// Whether only its checkpoints go: why it failed, and its log, stay.
    package let keepsReason: Bool
  }

  /// Work that no root holds: its record goes, and what no other record names.
  package internal(set) var removed: [Work] = []
  /// Work whose bytes go so that the store fits its size; cheapest to make again first.
  package internal(set) var evicted: [Work] = []
  /// Objects that no record names.
  package internal(set) var unnamed: [StoredObject] = []
  package internal(set) var unfinished: [UnfinishedWork] = []
  /// Runs whose journals go.
  package internal(set) var runs: [PastRun] = []
  /// Definitions that are no more.
  package internal(set) var goneRoots: [DefinitionRoot] = []
  /// Files set aside because they were damaged.
  package internal(set) var damaged: [AgedFile] = []
  /// How much stays, by reason.
  package internal(set) var kept: [(reason: KeepReason, works: Int, byteCount: Int)] = []
  /// The store's size before, in bytes.
  package internal(set) var before = 0
  package internal(set) var after = 0
  package let policy: CollectionPolicy

  /// By how many bytes the store stays larger than it should be.
  package var excess: Int { policy.byteCount.map { max(0, after - $0) } ?? 0 }

  package var isEmpty: Bool {
    removed.isEmpty && evicted.isEmpty && unnamed.isEmpty && unfinished.isEmpty && runs.isEmpty
      && goneRoots.isEmpty && damaged.isEmpty
  }

  /// Finds out what would go.
  ///
  /// - Parameter current: what definitions would find now, from `currentKeys`.
  /// - Throws: when anything that may keep a result cannot be read.
  package init(
    of store: ArtifactStore, _ policy: CollectionPolicy, current: [String: [Digest]] = [:]
  ) throws(Diagnostic) {
    try self.init(
      of: store, policy, use: store.use(), current: current, now: Clock.nanoseconds())
  }

  /// Takes from the store what a plan made at this moment says.
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
    store.sweepTemporaryFiles()
  }
}
