import Artifacts
import Diagnostics
import Digests

/// The state of one run; only the thread that started it touches it.
final class Run {
  private let runner: Runner
  private let order: [PlannedStage]
  private let started = ContinuousClock.now
  private let completions = CompletionQueue()
  private var previous: PreviousKeys
  private var log: RunLog
  private var states: StageStates
  private var results: StageResults
  private var recovery: OutputRecovery

  init(runner: Runner, wanted: Set<Int>, needed: [Int: Set<String>]) throws(Diagnostic) {
    self.runner = runner
    let stages = runner.plan.stages
    order = stages.filter { wanted.contains($0.index) }
    states = StageStates(count: stages.count)
    results = StageResults(of: runner.plan, in: runner.store) { !runner.interruption.isRequested }
    recovery = OutputRecovery(stages.map { needed[$0.index] ?? [] })
    previous = try PreviousKeys(of: runner.plan, in: runner.store)
    log = try RunLog(of: runner)
  }

  func toEnd() -> RunReport {
    if !runner.store.isReadOnly {
      runner.store.sweepTemporaryFiles()
      runner.store.removeFinishedWork()
      runner.store.removeFinishedOrders()
    }
    log.note(.started(runner.plan, runner.request))
    while true {
      startWhatIsReady()
      runner.betweenLookups()
      guard states.runningCount > 0 else { break }
      log.write()
      settle(completions.next())
    }
    let report = RunReport(stages: order.map(finalReport), seconds: started.secondsSoFar)
    log.note(.finished(report))
    log.write()
    previous.save()
    runner.store.saveStatCache()
    passOnNotices()
    return report
  }

  /// Looks up every stage whose inputs are there, and starts those that have no record.
  private func startWhatIsReady() {
    let misses = runner.store.lookingUp { endWhatIsKnown() }
    passOnNotices()
    guard !runner.interruption.isRequested else { return }
    let starting = startable(of: misses)
    let free = max(starting.count, runner.cores - states.busyCores)
    for (place, (stage, key)) in starting.enumerated() {
      let remainder = place < free % starting.count ? 1 : 0
      start(stage, key, cores: free / starting.count + remainder)
    }
  }

  /// Ends the stages that have a record or can never run; gives those that are ready without one.
  private func endWhatIsKnown() -> [(PlannedStage, StageKey)] {
    var misses: [(PlannedStage, StageKey)] = []
    for stage in order where states.isWaiting(stage.index) {
      if let blocker = blocker(of: stage) {
        end(stage, .blocked(by: blocker))
      } else if stage.dependencies.allSatisfy({ results.record(of: $0) != nil }) {
        do throws(Diagnostic) {
          let key = try results.key(of: stage)
          if try results.find(stage, bytesOf: recovery.neededPorts[stage.index]) == nil {
            misses.append((stage, key))
          } else {
            end(stage, .cached(reasonForHit(of: stage, key)))
          }
        } catch {
          // Reading a file ends early when a stop is requested; that is not a failure.
          if !runner.interruption.isRequested { end(stage, .failed(error)) }
        }
      }
    }
    return misses
  }

  /// The stages that there are jobs and cores for; of several with one key only the first, whose
  /// result the others will find.
  private func startable(of misses: [(PlannedStage, StageKey)]) -> [(PlannedStage, StageKey)] {
    // With more jobs than cores, each job counts as a core.
    let freeCores = max(runner.cores, runner.jobs) - states.busyCores
    let limit = min(freeCores, runner.jobs - states.runningCount)
    var claims = states.claims
    var stages: [(PlannedStage, StageKey)] = []
    for (stage, key) in misses where stages.count < limit {
      if claims.insert(stage.claim(on: key)).inserted { stages.append((stage, key)) }
    }
    return stages
  }

  /// A stage that this one needs and that failed, was stopped or is blocked.
  private func blocker(of stage: PlannedStage) -> String? {
    for dependency in stage.dependencies {
      guard let report = states.report(of: dependency) else { continue }
      switch report.outcome {
      case .failed, .stopped: return report.stage
      case .blocked(let blocker): return blocker
      case .cached, .ran: continue
      }
    }
    return nil
  }

  /// Why the stage is cached although a stage before it ran; nil where that is not so.
  private func reasonForHit(of stage: PlannedStage, _ key: StageKey) -> String? {
    let reran = stage.dependencies.filter { index in
      if case .ran = states.report(of: index)?.outcome { true } else { false }
    }
    guard let first = reran.first else { return nil }
    return previous[stage.name] == key.digest
      ? "\(runner.plan.stages[first].name) gave the same bytes" : "computed before"
  }

  private func start(_ stage: PlannedStage, _ key: StageKey, cores: Int) {
    do throws(Diagnostic) {
      let order = try StageOrder(
        stage, from: &results, cores: cores, bytesOf: recovery.neededPorts[stage.index])
      states.set(stage.index, to: .running(cores: cores, claim: stage.claim(on: key)))
      let completions = completions
      runner.executor.begin(order) {
        completions.add(CompletionQueue.Completion(stage: stage.index, ending: $0))
      }
    } catch { end(stage, .failed(error)) }
  }

  /// Ends a stage whose work is over, as its record in the store says, or has it wait again.
  private func settle(_ completion: CompletionQueue.Completion) {
    let stage = runner.plan.stages[completion.stage]
    let ports = recovery.neededPorts[stage.index]
    // The key is known: the stage was started with it.
    let isDone = (try? results.find(stage, bytesOf: ports)) != nil
    switch completion.ending {
    case .ran(let seconds) where isDone: end(stage, .ran, seconds: seconds)
    case _ where isDone: end(stage, .cached("made by another process"))
    case .ran(let seconds): end(stage, .failed(unrecorded(stage)), seconds: seconds)
    case .madeByAnother: end(stage, .failed(unrecorded(stage)))
    case .failed(let problem, let seconds): end(stage, .failed(problem), seconds: seconds)
    case .stopped(let seconds): end(stage, .stopped, seconds: seconds)
    case .missing(let digest, let problem, let seconds):
      guard let output = recovery.output(giving: digest, for: stage, in: results) else {
        return end(stage, .failed(problem), seconds: seconds)
      }
      makeAgain(output, digest, for: stage)
    }
  }

  /// Has a stage whose output was lost, and the stage that needs the output, wait to be run again.
  private func makeAgain(_ output: OutputReference, _ digest: Digest, for stage: PlannedStage) {
    if (try? runner.store.isEvicted(digest)) == true {
      let why = "evicted \(output.port.name) is needed by \(stage.name)"
      log.tell(.said(stage: output.stageName, why))
    }
    states.set(stage.index, to: .waiting)
    results.forgetKey(of: stage)
    // Without a record, the output is being made again already, or the attempt failed.
    guard results.record(of: output.stage) != nil else { return }
    results.forgetRecord(behind: output)
    states.set(output.stage, to: .waiting)
    for reader in order
    where states.isWaiting(reader.index) && reader.dependencies.contains(output.stage) {
      results.forgetKey(of: reader)
    }
  }

  private func end(_ stage: PlannedStage, _ outcome: StageReport.Outcome, seconds: Double = 0) {
    let report = StageReport(
      stage: stage.name, trial: stage.trial, outcome: outcome, key: results.knownKey(of: stage),
      record: results.record(of: stage.index), seconds: seconds)
    states.set(stage.index, to: .ended(report))
    if report.record != nil, let key = report.key { previous[stage.name] = key.digest }
    log.tell(.ended(report))
  }

  private func unrecorded(_ stage: PlannedStage) -> Diagnostic {
    Diagnostic(.unrecorded(stage.name), at: stage.place)
  }

  private func passOnNotices() {
    for notice in runner.store.takeNotices() { log.tell(.noticed(notice)) }
  }

  /// The report of a stage; one that an interruption kept from starting is reported as stopped.
  private func finalReport(_ stage: PlannedStage) -> StageReport {
    states.report(of: stage.index)
      ?? StageReport(
        stage: stage.name, trial: stage.trial, outcome: .stopped,
        key: results.knownKey(of: stage), record: nil, seconds: 0)
  }
}

extension Diagnostic.Message {
  fileprivate static func unrecorded(_ stage: String) -> Self {
    Self(
      "'\(stage)' was carried out, but its result is not in the store", remedy: "run it again")
  }
}
