import Artifacts
import Diagnostics

/// Runs one stage and records what it made.
struct Execution: Sendable {
  let runner: Runner
  let stage: PlannedStage
  let key: StageKey
  let digests: [OutputReference: Digest]
  let lineages: [OutputReference: Lineage]
  let cores: Int
  /// The outputs whose bytes someone waits for, so that a record without them is not enough.
  let neededPorts: Set<String>

  func perform() -> Completion.Outcome {
    let started = ContinuousClock.now
    do throws(Diagnostic) {
      return try claimAndRun(started)
    } catch {
      if runner.interruption.isWished { return .stopped(seconds: started.secondsSoFar) }
      var located = error
      if located.place == nil { located.place = stage.place }
      return .failed(located, seconds: started.secondsSoFar)
    }
  }

  private func claimAndRun(
    _ started: ContinuousClock.Instant
  ) throws(Diagnostic) -> Completion.Outcome {
    guard let claim = try claim(stage.claim(on: key)) else { return .stopped(seconds: 0) }
    if let work = try runner.store.work(for: key.digest), work.evicted.isDisjoint(with: neededPorts)
    {
      return .madeByAnother(work.record)
    }
    for input in stage.inputs {
      guard let digest = digests[input.source],
        try runner.store.isIntact(digest, whileWanted: { !runner.interruption.isWished })
      else { return .missingInput(input.source) }
    }
    runner.observer.observe(.started(stage: stage.name))
    claim.forgetFailure()
    try claim.begin(key.digest)
    let earlier = try earlier()
    let work = StageWork(
      stage: stage, key: key, store: runner.store, cores: cores, folder: claim.folder,
      earlier: earlier,
      digests: digests, lineages: lineages, interruption: runner.interruption,
      observer: StageLog(claim, passingOnTo: runner.observer))
    work.note("cores", .integer(cores))
    if let earlier { work.note("extent-before", .integer(earlier.extent)) }
    let usage = ResourceUsage.now
    let outcome: StageOutcome
    do throws(Diagnostic) { outcome = try stage.stage.run(work) } catch {
      if let missing = work.produced.missing {
        let problem = Diagnostic(error.message, at: error.place ?? stage.place)
        return .missingAncestor(missing, problem, seconds: started.secondsSoFar)
      }
      claim.recordFailure(error.message.problem, keepingState: runner.keepsStateOfFailures)
      throw error
    }
    switch outcome {
    case .stopped: return .stopped(seconds: started.secondsSoFar)
    case .finished: break
    }
    let record = try record(of: work, seconds: started.secondsSoFar, since: usage)
    let committed = try runner.store.commit(record)
    claim.finish()
    return .ran(committed, seconds: started.secondsSoFar)
  }

  /// The right to make this result; nil when an interruption came while another had it.
  private func claim(_ series: Digest) throws(Diagnostic) -> KeyClaim? {
    let me = "process \(Host.processNumber) on \(Host.name)"
    var hasSaid = false
    return try runner.store.claim(series, holder: me) { holder in
      if !hasSaid {
        let waiting = Diagnostic(.waiting(stage.name, holder), severity: .warning)
        runner.observer.observe(.noticed(waiting))
      }
      hasSaid = true
      return !runner.interruption.isWished
    }
  }

  /// The result of the same series with the largest smaller extent, if all of it is still there.
  private func earlier() throws(Diagnostic) -> (extent: Int, outputs: [String: Digest])? {
    guard let extent = stage.extent else { return nil }
    for smaller in stride(from: extent.value - 1, to: 0, by: -1) {
      let key = key.withExtent(extent.name, smaller)
      guard let work = try runner.store.work(for: key.digest), work.evicted.isEmpty else {
        continue
      }
      let outputs = work.record.outputs.map { ($0.port, $0.digest) }
      return (smaller, Dictionary(outputs, uniquingKeysWith: { first, _ in first }))
    }
    return nil
  }

  private func record(
    of work: StageWork, seconds: Double, since usage: ResourceUsage
  ) throws(Diagnostic) -> Record {
    let produced = work.produced
    let missing = stage.outputs.filter { port in
      !produced.outputs.contains { $0.port == port.name }
    }
    precondition(
      missing.isEmpty, "'\(stage.name)' ended without its outputs \(missing.map(\.name))")
    let now = ResourceUsage.now
    return Record(
      keyText: key.text, outputs: produced.outputs, facts: produced.facts, seconds: seconds,
      cpuSeconds: now.cpuSeconds - usage.cpuSeconds, peakBytes: now.peakBytes,
      host: Host.name, tool: "millrace \(Program.version)", when: Clock.text())
  }
}

extension Diagnostic.Message {
  fileprivate static func waiting(_ stage: String, _ holder: String) -> Self {
    Self("'\(stage)' waits for \(holder), which is making the same result")
  }
}
