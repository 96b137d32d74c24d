import Artifacts
import Diagnostics
import Digests
import Files

/// The state of one run; only the thread that started it touches it.
final class Run {
  private let runner: Runner
  private let order: [PlannedStage]
  private let started = WorkClock.now
  /// The moment it began, in UTC, as records have theirs.
  private let startedWhen = Clock.text()
  private let completions = CompletionQueue()
  private var previous: PreviousKeys
  private var log: RunLog
  private var states: StageStates
  private var results: StageResults
  private var recovery: OutputRecovery
  private let isWanted: [Bool]
  /// Waiting stages that something has changed for since they were last looked at.
  private var changed: StageLine
  /// Waiting stages whose inputs are there, and that had no record when they were looked up.
  private var ready = StageLine()

  init(runner: Runner, wanted: Set<Int>, needed: [Int: Set<String>]) throws(Diagnostic) {
    self.runner = runner
    let stages = runner.plan.stages
    order = stages.filter { wanted.contains($0.index) }
    isWanted = stages.map { wanted.contains($0.index) }
    changed = StageLine(order.map(\.index))
    states = StageStates(count: stages.count)
    results = StageResults(of: runner.plan, in: runner.store) { !runner.interruption.isRequested }
    recovery = OutputRecovery(stages.map { needed[$0.index] ?? [] })
    previous = try PreviousKeys(of: runner.plan, in: runner.store)
    previous.recallRecords()
    log = try RunLog(runner.observer, in: runner.store, for: runner.request)
  }

  func toEnd() -> RunReport {
    if !runner.store.isReadOnly { runner.store.removeLeftBehind() }
    log.note(.started(RunSubject(of: runner.plan), runner.request))
    while true {
      startWhatIsReady()
      runner.betweenLookups()
      if states.runningCount > 0 {
        log.write()
        settle(completions.next())
      } else if changed.isEmpty {
        break
      }  // Else a stage that could not be started blocks others.
    }
    let report = RunReport(stages: order.map(finalReport), seconds: started.secondsSoFar)
    let hasKeysAsBefore = !previous.isChanged
    log.note(.finished(report))
    log.write(isEnd: report.stopped == 0)
    previous.save()
    runner.store.saveStatCache()
    runner.store.saveRecordIndex(of: previous.all)
    if hasKeysAsBefore { remember(report) }
    passOnNotices()
    return report
  }

  /// Remembers that there was nothing to do, so that the run need not be planned again.
  private func remember(_ report: RunReport) {
    guard let question = runner.request.question,
      let note = UpToDateNote(
        on: report, of: runner.plan, answering: question, reading: results.fileDigests,
        root: previous.rootStatus, in: runner.store)
    else { return }
    runner.store.keepFindings(
      note.text, of: report.stages.compactMap(\.keyDigest), as: previous.root)
  }

  /// Looks up the stages whose inputs have come to be there, and starts those that have no record.
  private func startWhatIsReady() {
    let starting = runner.store.lookingUp { startable() }
    passOnNotices()
    guard !runner.interruption.isRequested else { return }
    let free = max(starting.count, runner.cores - states.busyCores)
    for (place, (stage, key)) in starting.enumerated() {
      let remainder = place < free % starting.count ? 1 : 0
      start(stage, key, cores: free / starting.count + remainder)
    }
  }

  /// The stages that there are jobs and cores for; of several with one key only the first, whose
  /// result the others will find.
  ///
  /// It ends the stages that have a record or can never run.
  private func startable() -> [(PlannedStage, StageKey)] {
    // With more jobs than cores, each job counts as a core.
    let freeCores = max(runner.cores, runner.jobs) - states.busyCores
    let limit = min(freeCores, runner.jobs - states.runningCount)
    var claims = states.claims
    var stages: [(PlannedStage, StageKey)] = []
    var behindAnother: [Int] = []
    var missing = endWhatIsKnown()
    while stages.count < limit, let place = ready.takeFirst() {
      let stage = runner.plan.stages[place]
      // Meanwhile it may have ended, or an input of it may be made again; it is then put in line anew.
      guard states.isWaiting(place), let key = results.knownKey(of: stage), hasInputs(stage) else {
        continue
      }
      guard !claims.contains(stage.claim(on: key)) else {
        behindAnother.append(place)
        continue
      }
      // Another stage or process may have made the result while this one stood in line.
      guard missing.contains(place) || isMissing(stage) else {
        missing.formUnion(endWhatIsKnown())
        continue
      }
      claims.insert(stage.claim(on: key))
      stages.append((stage, key))
    }
    for place in behindAnother { ready.add(place) }
    return stages
  }

  /// Looks at each waiting stage that something has changed for: ends it if it has a record or can
  /// never run, and puts it in line if its inputs are there and it has none.
  ///
  /// - Returns: the places of those that were put in line.
  private func endWhatIsKnown() -> Set<Int> {
    var missing: Set<Int> = []
    while let place = changed.takeFirst() {
      let stage = runner.plan.stages[place]
      guard states.isWaiting(place) else { continue }
      if let blocker = blocker(of: stage) {
        end(stage, .blocked(by: blocker))
      } else if hasInputs(stage), isMissing(stage) {
        ready.add(place)
        missing.insert(place)
      }
    }
    return missing
  }

  /// The stages that must have records: those it reads from, and those that make again what it needs.
  private func awaited(by stage: PlannedStage) -> [Int] {
    stage.dependencies + recovery.makers(for: stage.index)
  }

  private func hasInputs(_ stage: PlannedStage) -> Bool {
    awaited(by: stage).allSatisfy { results.record(of: $0) != nil }
  }

  /// Looks a stage up, and ends it if it has a record or its key cannot be found out.
  private func isMissing(_ stage: PlannedStage) -> Bool {
    do throws(Diagnostic) {
      let key = try results.key(of: stage)
      if try results.find(stage, bytesOf: recovery.neededPorts[stage.index]) == nil { return true }
      end(stage, .cached(reasonForHit(of: stage, key)))
    } catch {
      // Reading a file ends early when a stop is requested; that is not a failure.
      if !runner.interruption.isRequested { end(stage, .failed(error)) }
    }
    return false
  }

  /// A stage that this one needs and that failed, was stopped or is blocked.
  private func blocker(of stage: PlannedStage) -> String? {
    for dependency in awaited(by: stage) {
      guard let report = states.report(of: dependency) else { continue }
      switch report.outcome {
      case .failed, .stopped: return report.stage
      case .blocked(let blocker): return blocker
      case .cached, .ran: continue
      }
    }
    return nil
  }

  /// Why the stage is cached although it was not here, or a stage before it ran; nil where neither is so.
  private func reasonForHit(of stage: PlannedStage, _ key: StageKey) -> String? {
    if let cache = runner.store.cache, runner.store.copiedWork.keys.contains(key.digest) {
      return "copied from \(cache.root)"
    }
    if let record = results.record(of: stage.index), record.when > startedWhen {
      return "made by another process"
    }
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
      // It may have been made again meanwhile, because another stage needs it too.
      if (try? runner.store.isIntact(digest)) == true {
        results.forgetKey(of: stage)
        return wait(stage.index)
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
    wait(stage.index)
    results.forgetKey(of: stage)
    // Without a record, the output is being made again already, or the attempt failed.
    guard results.record(of: output.stage) != nil else { return }
    results.forgetRecord(behind: output)
    wait(output.stage)
    for reader in results.readers.stages[output.stage] where states.isWaiting(reader) {
      results.forgetKey(of: runner.plan.stages[reader])
    }
  }

  /// Has a stage wait that ran or had ended.
  private func wait(_ stage: Int) {
    states.set(stage, to: .waiting)
    changed.add(stage)
  }

  private func end(_ stage: PlannedStage, _ outcome: StageReport.Outcome, seconds: Double = 0) {
    let report = StageReport(
      stage: stage.name, trial: stage.trial, outcome: outcome, key: results.knownKey(of: stage),
      record: results.record(of: stage.index), seconds: seconds)
    states.set(stage.index, to: .ended(report))
    for reader in results.readers.stages[stage.index] where isWanted[reader] { changed.add(reader) }
    for waiting in recovery.waiting(for: stage.index) { changed.add(waiting) }
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
