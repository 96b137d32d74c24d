import Artifacts
import Digests
import Files
import Fixtures
import LyingDisks
import Pipelines
import Synchronization
import Testing
import ToyStages

/// What a store is used for in its life, in a folder whose changes are noted: runs, a pin, an eviction,
/// collecting garbage.
struct DiskHistory {
  static let definition = """
    \(Workshop.appended)

    [stage.deal]
    from = "append"

    [stage.shout]
    from = "deal"

    [stage.grow]
    from = "shout.train"
    rounds = 2
    """
  static let edits = [["append.times=2"], ["append.times=3", "grow.rounds=4"], ["grow.rounds=5"]]

  let workshop: Workshop
  let disk = RecordedDisk()
  /// How many changes had been made when the first run ended.
  private(set) var endOfFirstRun = 0
  /// The keys that were recorded, with how many changes had been made when that was told.
  private(set) var recorded: [(key: Digest, after: Int)] = []
  /// How many changes had been made before anything was removed on purpose.
  private(set) var removingBegan = 0
  /// What was pinned, and how many changes had been made then.
  private(set) var pinned: (key: Digest, after: Int)?
  /// The outputs that each edit gives.
  private(set) var outputs: [[String: [Digest]]] = []

  init() throws {
    workshop = try Workshop(definition: Self.definition)
    let store = ArtifactStore(root: workshop.store.root, files: disk)
    for edit in Self.edits {
      let report = try run(edit, in: store)
      if outputs.isEmpty { endOfFirstRun = disk.changeCount }
      outputs.append(Self.outputs(of: report))
    }
    // A file that is old enough to be remembered.
    _ = try store.digestOfFile("/bin/sh")
    store.saveStatCache()
    let key = try #require(recorded.first).key
    var pin = Pin(name: "first", about: "a pin")
    pin.keys = [key]
    try pin.save(in: store)
    pinned = (key, disk.changeCount)
    removingBegan = disk.changeCount
    var policy = CollectionPolicy.strict
    policy.byteCount = 12
    _ = try CollectionPlan.carryOut(in: store, policy)
    _ = try run(Self.edits[1], in: store)
    try store.removePin(named: "first")
  }

  /// Runs the definition, and notes when each record was told of.
  private mutating func run(_ edit: [String], in store: ArtifactStore) throws -> RunReport {
    let told = RecordedStages(disk)
    let runner = Runner(
      plan: try workshop.plan(Self.definition, set: edit), store: store, jobs: 1, cores: 1,
      interruption: Interruption(), observer: told)
    let report = try runner.run(runner.plan.cone(of: []))
    recorded += told.all
    return report
  }

  static func outputs(of report: RunReport) -> [String: [Digest]] {
    var outputs: [String: [Digest]] = [:]
    for stage in report.stages { outputs[stage.stage] = stage.record?.outputs.map(\.digest) }
    return outputs
  }
}

/// Notes how many changes had been made to a disk when it was told that a stage had run.
private final class RecordedStages: RunObserver {
  private let disk: RecordedDisk
  private let stages = Mutex<[(key: Digest, after: Int)]>([])

  init(_ disk: RecordedDisk) { self.disk = disk }

  var all: [(key: Digest, after: Int)] { stages.withLock { $0 } }

  func observe(_ event: RunEvent) {
    guard case .ended(let report) = event, case .ran = report.outcome, let key = report.key else {
      return
    }
    let count = disk.changeCount
    stages.withLock { $0.append((key.digest, count)) }
  }
}
