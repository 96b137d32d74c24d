import Artifacts
import Diagnostics
import Dispatch

/// The state of one run; only the thread that started it touches it.
final class Run {
  private enum Standing {
    case waiting
    case running
    case ended(StageReport)
  }

  private let runner: Runner
  private let order: [PlannedStage]
  private let started = ContinuousClock.now
  private let completions = CompletionQueue()
  private var previous: PreviousKeys
  /// Nil in a store that cannot be written to.
  private let journal: RunJournal?
  /// Events for the journal, written together before the run waits for anything.
  private var unwritten: [RunJournal.Event] = []
  /// By the stage's place in the plan.
  private var standings: [Standing]
  private var results: StageResults
  /// The outputs whose bytes must be there, not only their digests.
  private var neededPorts: [Set<String>]
  /// The stages that may still be started, in the plan's order.
  private var waiting: [PlannedStage]
  private var resolver: KeyResolver
  private var runningCount = 0
  /// How many cores running stages were given, by the stage's place in the plan.
  private var busyCores: [Int: Int] = [:]
  /// What running stages have claimed.
  private var claims: Set<Digest> = []

  init(runner: Runner, wanted: Set<Int>, needed: [Int: Set<String>]) throws(Diagnostic) {
    self.runner = runner
    let stages = runner.plan.stages
    order = stages.filter { wanted.contains($0.index) }
    waiting = order
    standings = Array(repeating: .waiting, count: stages.count)
    results = StageResults(of: runner.plan)
    neededPorts = stages.map { needed[$0.index] ?? [] }
    previous = try PreviousKeys(of: runner.plan, in: runner.store)
    let store = runner.store
    journal = store.isReadOnly ? nil : try store.startJournal(id: "\(Host.processNumber)")
    resolver = KeyResolver(store: runner.store) { !runner.interruption.isWished }
  }

  func toEnd() -> RunReport {
    if journal != nil {
      runner.store.sweepTemporaryFiles()
      runner.store.removeFinishedWork()
    }
    unwritten.append(.started(runner.plan))
    while true {
      startWhatIsReady()
      runner.betweenLookups()
      guard runningCount > 0 else { break }
      writeJournal()
      settle(completions.next())
    }
    let report = RunReport(stages: order.map(finalReport), seconds: started.secondsSoFar)
    unwritten.append(.finished(report))
    writeJournal()
    previous.save()
    runner.store.saveStatCache()
    passOnNotices()
    return report
  }

  /// Looks up every stage whose inputs are there, and starts those that have no record.
  private func startWhatIsReady() {
    let misses = runner.store.lookingUp { endWhatIsKnown() }
    passOnNotices()
    guard !runner.interruption.isWished else { return }
    let starting = startable(of: misses)
    let free = max(starting.count, runner.cores - busyCores.values.reduce(0, +))
    for (place, stage) in starting.enumerated() {
      let remainder = place < free % starting.count ? 1 : 0
      start(stage, cores: free / starting.count + remainder)
    }
    let started = Set(starting.map(\.index))
    waiting.removeAll { started.contains($0.index) }
  }

  /// Ends the stages that have a record or can never run; gives those that are ready without one.
  private func endWhatIsKnown() -> [PlannedStage] {
    var misses: [PlannedStage] = []
    waiting = waiting.filter { stage in
      if let blocker = blocker(of: stage) {
        end(stage, .blocked(by: blocker))
        return false
      }
      guard stage.dependencies.allSatisfy({ results.records[$0] != nil }) else { return true }
      let isMiss = !isSettledByLookup(stage)
      if isMiss { misses.append(stage) }
      return isMiss
    }
    return misses
  }

  /// As many stages as there are jobs and cores free; of several with one key, the others find its
  /// result.
  private func startable(of misses: [PlannedStage]) -> [PlannedStage] {
    // A person who wants more jobs than cores gets them.
    let freeCores = max(runner.cores, runner.jobs) - busyCores.values.reduce(0, +)
    let limit = min(freeCores, runner.jobs - runningCount)
    var stages: [PlannedStage] = []
    for stage in misses where stages.count < limit {
      guard let key = results.keys[stage.index] else { continue }
      if claims.insert(stage.claim(on: key)).inserted { stages.append(stage) }
    }
    return stages
  }

  /// The stage that did not end well and that this one needs.
  private func blocker(of stage: PlannedStage) -> String? {
    for dependency in stage.dependencies {
      guard case .ended(let report) = standings[dependency] else { continue }
      switch report.outcome {
      case .failed, .stopped: return report.stage
      case .blocked(let blocker): return blocker
      case .cached, .ran: continue
      }
    }
    return nil
  }

  /// Whether the stage's result is in the store, or its key cannot be computed, which fails it.
  private func isSettledByLookup(_ stage: PlannedStage) -> Bool {
    do throws(Diagnostic) {
      let key = try self.key(of: stage)
      guard let work = try runner.store.work(for: key.digest),
        work.evicted.isDisjoint(with: neededPorts[stage.index])
      else { return false }
      results.records[stage.index] = work.record
      end(stage, .cached(reasonForHit(of: stage, key)))
    } catch {
      // Files are not read to their end once a stop is wished.
      end(stage, runner.interruption.isWished ? .stopped : .failed(error))
    }
    return true
  }

  private func key(of stage: PlannedStage) throws(Diagnostic) -> StageKey {
    if let known = results.keys[stage.index] { return known }
    let key = try resolver.key(of: stage) { results.digest(of: $0) }
    results.keys[stage.index] = key
    return key
  }

  /// Says why nothing had to be done although something before the stage ran.
  private func reasonForHit(of stage: PlannedStage, _ key: StageKey) -> String? {
    let reran = stage.dependencies.filter { index in
      if case .ended(let report) = standings[index], case .ran = report.outcome { return true }
      return false
    }
    guard let first = reran.first else { return nil }
    return previous[stage.name] == key.digest
      ? "\(runner.plan.stages[first].name) gave the same bytes" : "computed before"
  }

  private func start(_ stage: PlannedStage, cores: Int) {
    guard let key = results.keys[stage.index] else {
      preconditionFailure("\(stage.name) has no key")
    }
    standings[stage.index] = .running
    runningCount += 1
    busyCores[stage.index] = cores
    var digests: [OutputReference: Digest] = [:]
    var inputLineages: [OutputReference: Lineage] = [:]
    for input in stage.inputs {
      digests[input.source] = results.digest(of: input.source)
      inputLineages[input.source] = results.lineage(of: input.source)
    }
    let execution = Execution(
      runner: runner, stage: stage, key: key, digests: digests, lineages: inputLineages,
      cores: cores, neededPorts: neededPorts[stage.index])
    let completions = completions
    DispatchQueue.global().async {
      completions.add(Completion(stage: stage.index, outcome: execution.perform()))
    }
  }

  private func settle(_ completion: Completion) {
    runningCount -= 1
    busyCores[completion.stage] = nil
    let stage = runner.plan.stages[completion.stage]
    if let key = results.keys[stage.index] { claims.remove(stage.claim(on: key)) }
    switch completion.outcome {
    case .ran(let record, let seconds):
      results.records[stage.index] = record
      end(stage, .ran, seconds: seconds)
    case .madeByAnother(let record):
      results.records[stage.index] = record
      end(stage, .cached("made by another process"))
    case .failed(let problem, let seconds): end(stage, .failed(problem), seconds: seconds)
    case .stopped(let seconds): end(stage, .stopped, seconds: seconds)
    case .missingInput(let source): makeAgain(source, for: stage)
    case .missingAncestor(let digest, let problem, let seconds):
      if let source = results.ancestor(of: stage, giving: digest) {
        makeAgain(source, for: stage)
      } else {
        end(stage, .failed(problem), seconds: seconds)
      }
    }
  }

  /// Sends a stage whose output is not there, and the one that noticed, back to where they began.
  private func makeAgain(_ output: OutputReference, for stage: PlannedStage) {
    let source = output.stage
    neededPorts[source].insert(output.port.name)
    if let digest = results.digest(of: output), (try? runner.store.isEvicted(digest)) == true {
      let why = "evicted \(output.port.name) is needed by \(stage.name)"
      runner.observer.observe(.said(stage: output.stageName, why))
    }
    results.forget(output)
    standings[stage.index] = .waiting
    results.keys[stage.index] = nil
    waiting.append(stage)
    // Another stage may have noticed before.
    if case .ended = standings[source] {
      standings[source] = .waiting
      waiting.append(runner.plan.stages[source])
    }
    waiting.sort { $0.index < $1.index }
  }

  private func end(_ stage: PlannedStage, _ outcome: StageReport.Outcome, seconds: Double = 0) {
    let report = StageReport(
      stage: stage.name, outcome: outcome, key: results.keys[stage.index],
      record: results.records[stage.index], seconds: seconds)
    standings[stage.index] = .ended(report)
    if report.record != nil, let key = report.key { previous[stage.name] = key.digest }
    unwritten.append(.ended(report))
    runner.observer.observe(.ended(report))
  }

  /// A journal that cannot be written must not stop the work.
  private func writeJournal() {
    do throws(Diagnostic) { try journal?.append(unwritten) } catch {
      runner.observer.observe(.noticed(error.asWarning))
    }
    unwritten = []
  }

  private func passOnNotices() {
    for notice in runner.store.takeNotices() { runner.observer.observe(.noticed(notice)) }
  }

  /// Stages that an interruption kept from starting count as stopped.
  private func finalReport(_ stage: PlannedStage) -> StageReport {
    if case .ended(let report) = standings[stage.index] { return report }
    return StageReport(
      stage: stage.name, outcome: .stopped, key: results.keys[stage.index], record: nil, seconds: 0)
  }
}

extension ContinuousClock.Instant {
  var secondsSoFar: Double {
    let (seconds, attoseconds) = (ContinuousClock.now - self).components
    return Double(seconds) + Double(attoseconds) * 1e-18
  }
}

extension Diagnostic {
  /// The same problem, where the work goes on nevertheless.
  fileprivate var asWarning: Diagnostic {
    Diagnostic(message, at: place, excerpt: excerpt, severity: .warning)
  }
}
