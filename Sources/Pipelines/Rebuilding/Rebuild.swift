import Artifacts
import Diagnostics
import Digests
import Files

/// Computes recorded stages of a plan again and compares what they give with what is stored.
///
/// A stage is computed from its start, without its checkpoints, earlier work and pieces of it. What it gives is
/// committed like any artifact, so that other bytes than the recorded ones can be looked at; the
/// record stays.
package struct Rebuild: Sendable {
  private let plan: Plan
  private let store: ArtifactStore
  private let cores: Int
  private let interruption: Interruption
  private let observer: any RunObserver

  package init(
    of plan: Plan, in store: ArtifactStore, cores: Int, interruption: Interruption,
    observer: any RunObserver
  ) {
    self.plan = plan
    self.store = store
    self.cores = cores
    self.interruption = interruption
    self.observer = observer
  }

  /// Computes a stage again; those before it run only for bytes of theirs that are gone.
  ///
  /// - Throws: when the store cannot be used.
  package func outcome(of stage: PlannedStage) throws(Diagnostic) -> RebuildOutcome {
    let hold = try store.hold()
    defer { withExtendedLifetime(hold) {} }
    return try interruption.polled { () throws(Diagnostic) in try computed(stage) }
  }

  private func computed(_ stage: PlannedStage) throws(Diagnostic) -> RebuildOutcome {
    var needed = Set(stage.inputs.map(\.source))
    var madeAgain: Set<OutputReference> = []
    while true {
      guard var results = try found(for: stage), let record = results.record(of: stage.index) else {
        return .unrecorded
      }
      var gone: Set<OutputReference> = []
      for output in needed where try !isThere(output, in: results) { gone.insert(output) }
      if let output = gone.first {
        guard madeAgain.isDisjoint(with: gone) else { return .failed(Diagnostic(.gone(output))) }
        madeAgain.formUnion(gone)
        if let failure = try makeAgain(gone) { return failure }
        continue
      }
      let order = try StageOrder(stage, from: &results, cores: cores, bytesOf: [])
      switch try attempt(order) {
      case .ended(let outcome): return outcome
      case .gave(let outputs): return try compared(outputs, with: record)
      case .missing(let digest, let problem):
        guard let output = results.ancestor(of: stage, giving: digest),
          needed.insert(output).inserted
        else { return .failed(problem) }
      }
    }
  }

  /// The records of a stage and of all before it; nil when one is not there.
  private func found(for stage: PlannedStage) throws(Diagnostic) -> StageResults? {
    var results = StageResults(of: plan, in: store) { !interruption.isRequested }
    guard try results.findNeeded(by: stage) == nil, try results.find(stage) != nil else {
      return nil
    }
    return results
  }

  private func isThere(
    _ output: OutputReference, in results: StageResults
  ) throws(Diagnostic) -> Bool {
    guard let digest = results.digest(of: output) else { return false }
    return try store.isIntact(digest, whileWanted: { !interruption.isRequested })
  }

  /// Runs the stages that give these outputs, as far as their bytes are gone.
  ///
  /// - Returns: what kept a stage from ending well; nil when all did.
  private func makeAgain(_ outputs: Set<OutputReference>) throws(Diagnostic) -> RebuildOutcome? {
    let runner = Runner(
      plan: plan, store: store, jobs: 1, cores: cores, interruption: interruption,
      observer: observer)
    let ports = Dictionary(grouping: outputs, by: \.stage).mapValues { Set($0.map(\.port.name)) }
    let report = try runner.run(plan.needed(by: Array(ports.keys)), bytesOf: ports)
    for stage in report.stages {
      switch stage.outcome {
      case .failed(let problem): return .failed(problem)
      case .stopped: return .stopped
      case .blocked, .cached, .ran: continue
      }
    }
    return nil
  }

  /// The result of computing a stage once.
  private enum Attempt {
    case gave([RecordedOutput])
    case missing(Digest, Diagnostic)
    case ended(RebuildOutcome)
  }

  private func attempt(_ order: StageOrder) throws(Diagnostic) -> Attempt {
    // A folder of its own, as a checkpoint of the work itself would be gone on from.
    let name = "rebuild \(order.key.digest) \(Host.processNumber) \(Clock.nanoseconds())"
    let claimed = try store.tryClaim(BLAKE3.digest(of: name), holder: "verifying")
    guard case .claimed(let claim) = claimed else {
      preconditionFailure("the name '\(name)' is not new")
    }
    defer { claim.finish() }
    let work = StageWork(
      order: order, store: store, folder: claim.folder, earlier: nil, usesEarlierPieces: false,
      interruption: interruption, observer: observer)
    do throws(Diagnostic) {
      guard case .finished = try order.stage.stage.run(work) else { return .ended(.stopped) }
      return .gave(work.produced.outputs)
    } catch {
      if interruption.isRequested { return .ended(.stopped) }
      if let missing = work.produced.missing { return .missing(missing, error) }
      return .ended(.failed(error))
    }
  }

  private func compared(
    _ outputs: [RecordedOutput], with record: Record
  ) throws(Diagnostic) -> RebuildOutcome {
    var differences: [OutputDifference] = []
    for recorded in record.outputs {
      let found = outputs.first { $0.port == recorded.port }
      guard found?.digest != recorded.digest else { continue }
      var difference: ContentDifference?
      if let found, try store.isIntact(recorded.digest) {
        let (before, after) = (try store.open(recorded.digest), try store.open(found.digest))
        difference = before.withBytes { before in
          after.withBytes { after in ContentDifference(between: before, and: after) }
        }
      }
      differences.append(
        OutputDifference(recorded: recorded, computed: found, difference: difference))
    }
    return differences.isEmpty ? .same : .different(differences)
  }
}

extension Diagnostic.Message {
  fileprivate static func gone(_ output: OutputReference) -> Self {
    Self(
      "'\(output)' was made again, and its bytes are gone again",
      remedy: "`millrace verify` looks at every byte of the store")
  }
}
