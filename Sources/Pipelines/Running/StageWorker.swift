import Artifacts
import Diagnostics
import Digests
import Files
import Formats

/// Carries out stages: claims a key, runs its stage, and commits the record.
///
/// It needs the store and nothing of the run that gave the order, so that it works alike on a thread
/// of the run and in a job on another machine.
package struct StageWorker: Sendable {
  private let store: ArtifactStore
  private let interruption: Interruption
  private let observer: any RunObserver
  /// Whether checkpoints of failed stages stay, to go on from; sweeps do without, to save room.
  private let keepsStateOfFailures: Bool
  /// Asked once a stage has done its work: throws why its result must not be recorded.
  private let beforeCommit: @Sendable () throws(Diagnostic) -> Void

  package init(
    in store: ArtifactStore, interruption: Interruption, observer: any RunObserver,
    keepsStateOfFailures: Bool = true,
    beforeCommit: @escaping @Sendable () throws(Diagnostic) -> Void = {}
  ) {
    self.store = store
    self.interruption = interruption
    self.observer = observer
    self.keepsStateOfFailures = keepsStateOfFailures
    self.beforeCommit = beforeCommit
  }

  /// Carries out a stage of a plan, with the key and the inputs that the store's records give it.
  ///
  /// - Parameters:
  ///   - ports: the outputs whose bytes must be there afterwards.
  ///   - readPorts: the ports that other stages read; nil for those that the plan's stages do.
  ///   - expected: the key that it must come to; nil for any.
  package func perform(
    _ stage: PlannedStage, of plan: Plan, cores: Int, bytesOf ports: Set<String> = [],
    readPorts: Set<String>? = nil, expecting expected: Digest? = nil
  ) -> StageEnding {
    do throws(Diagnostic) {
      let hold = try store.hold()
      defer { withExtendedLifetime(hold) {} }
      return try interruption.polled { () throws(Diagnostic) in
        let order = try StageOrder(
          stage, of: plan, in: store, cores: cores, bytesOf: ports, readPorts: readPorts)
        guard expected == nil || expected == order.key.digest else {
          throw Diagnostic(.otherKey(stage.name))
        }
        return perform(order)
      }
    } catch { return .failed(error.located(at: stage.place), seconds: 0) }
  }

  /// Carries out an order.
  package func perform(_ order: StageOrder) -> StageEnding {
    let started = WorkClock.now
    do throws(Diagnostic) {
      while true {
        // One that was halted for so long that another took over waits for the other's result.
        if let ending = try claimAndRun(order, started) { return ending }
      }
    } catch {
      // Reading a file ends early when a stop is requested; that is not a failure.
      if interruption.isRequested { return .stopped(seconds: started.secondsSoFar) }
      return .failed(error.located(at: order.stage.place), seconds: started.secondsSoFar)
    }
  }

  /// Nil when another process took the key over meanwhile.
  private func claimAndRun(
    _ order: StageOrder, _ started: WorkClock.Instant
  ) throws(Diagnostic) -> StageEnding? {
    guard let claim = try claim(order) else { return .stopped(seconds: 0) }
    do throws(Diagnostic) {
      let ending = try run(order, under: claim, started)
      if case .stopped = ending, claim.isLost, !interruption.isRequested { return nil }
      return ending
    } catch {
      guard claim.isStillInPlace else { return nil }
      throw error
    }
  }

  private func run(
    _ order: StageOrder, under claim: KeyClaim, _ started: WorkClock.Instant
  ) throws(Diagnostic) -> StageEnding {
    let stage = order.stage
    let key = order.key.digest
    // Another process may have recorded it before the key was claimed here.
    if let work = try store.workOfOthers(for: key), work.evicted.isDisjoint(with: order.neededPorts)
    {
      return .madeByAnother
    }
    if let missing = try missingInput(of: order) { return missing }
    observer.observe(.started(stage: stage.name))
    claim.forgetFailure()
    try claim.begin(key)
    // Waiting for another process that had the key is no work.
    let begun = WorkClock.now
    let earlier = try store.earlierWork(of: order) { interruption.isRequested }
    guard !interruption.isRequested else { return .stopped(seconds: started.secondsSoFar) }
    let work = StageWork(
      order: order, store: store, folder: claim.folder, earlier: earlier,
      interruption: Interruption { interruption.isRequested || claim.isLost },
      observer: StageLog(claim, passingOnTo: observer))
    work.note("cores", .integer(order.cores))
    if let earlier { work.note("extent-before", .integer(earlier.extent)) }
    let cpuSeconds = ResourceUsage.cpuSeconds
    let outcome: StageOutcome
    do throws(Diagnostic) {
      outcome = try stage.stage.run(work)
      if case .finished = outcome { try beforeCommit() }
    } catch {
      if let missing = work.produced.missing {
        return .missing(
          missing, error.located(at: stage.place), seconds: started.secondsSoFar)
      }
      claim.recordFailure(error.message.problem, keepingState: keepsStateOfFailures)
      throw error
    }
    guard case .finished = outcome else { return .stopped(seconds: started.secondsSoFar) }
    let record = try store.commit(
      record(of: work, for: order, seconds: begun.secondsSoFar, since: cpuSeconds))
    for (recipe, index) in PieceMemory.indices(of: work.produced.pieces) {
      store.keep(index, of: recipe, for: order.key.digest)
    }
    claim.finish()
    return .ran(seconds: record.seconds)
  }

  /// The claim on the key; nil when a stop was requested while another process had it.
  private func claim(_ order: StageOrder) throws(Diagnostic) -> KeyClaim? {
    let me = "process \(Host.processNumber) on \(Host.name)"
    var hasSaid = false
    return try store.claim(order.stage.claim(on: order.key), holder: me) { holder in
      if !hasSaid {
        let waiting = Diagnostic(.waiting(order.stage.name, holder), severity: .warning)
        observer.observe(.noticed(waiting))
      }
      hasSaid = true
      return !interruption.isRequested
    }
  }

  /// The ending for an order whose input is lost; nil when all inputs are there.
  ///
  /// - Throws: when an input is there but cannot be read, since making it again would not help.
  private func missingInput(of order: StageOrder) throws(Diagnostic) -> StageEnding? {
    for input in order.stage.inputs {
      guard let digest = order.digests[input.source] else {
        preconditionFailure("'\(order.stage.name)' was ordered before '\(input.source)' was there")
      }
      guard try !store.isIntact(digest, whileWanted: { !interruption.isRequested }) else {
        continue
      }
      let gone = Diagnostic(.gone("\(input.source)", digest), at: order.stage.place)
      return .missing(digest, gone, seconds: 0)
    }
    return nil
  }

  private func record(
    of work: StageWork, for order: StageOrder, seconds: Double, since cpuSeconds: Double
  ) -> Record {
    let produced = work.produced
    let missing = order.stage.outputs.filter { port in
      !produced.outputs.contains { $0.port == port.name }
    }
    precondition(
      missing.isEmpty, "'\(order.stage.name)' ended without its outputs \(missing.map(\.name))")
    return Record(
      keyText: order.key.text, outputs: produced.outputs,
      facts: produced.facts + Record.facts(of: produced.rows)
        + Record.facts(of: produced.warnings), seconds: seconds,
      cpuSeconds: ResourceUsage.cpuSeconds - cpuSeconds, peakBytes: ResourceUsage.peakBytes,
      host: Host.name, tool: "millrace \(Program.version)", when: Clock.text())
  }
}

extension Diagnostic {
  /// The diagnostic at this place, if it has none of its own.
  fileprivate func located(at place: Place) -> Diagnostic {
    var located = self
    if located.place == nil { located.place = place }
    return located
  }
}

extension Diagnostic.Message {
  fileprivate static func gone(_ source: String, _ digest: Digest) -> Self {
    Self(
      "the artifact \(digest.short) of '\(source)' is not in the store",
      remedy: "run the pipeline again; it makes what is missing")
  }

  fileprivate static func otherKey(_ stage: String) -> Self {
    Self(
      "'\(stage)' is not what was ordered: a file that it reads, or this program, has changed since",
      remedy: "run the pipeline again")
  }

  fileprivate static func waiting(_ stage: String, _ holder: String) -> Self {
    Self("'\(stage)' waits for \(holder), which is making the same result")
  }
}
