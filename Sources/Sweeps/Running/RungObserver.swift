import Artifacts
import Diagnostics
import Digests
import Formats
import Pipelines
import Synchronization

/// Observes the run of a rung: settles each point when its last stage ends, and evicts what it can.
final class RungObserver: RunObserver {
  private struct State {
    var race: SweepRace
    /// By trial, the stages that have not ended.
    var left: [Int: Set<Int>] = [:]
    /// By the stage's place in the rung's plan.
    var records: [Int: Record] = [:]
    var settledPoints: Set<Int> = []
    /// Of the settled points that have a value, on the rows of the first that had one, this first one
    /// and the best.
    var comparable: (first: Int, best: Int)?
    var leading: LeadingPoints
    var surplus = SurplusArtifacts()
    /// The stages that may need other of their outputs than when artifacts were last evicted.
    var changed: Set<Int> = []
    /// By the stage's place in the rung's plan, how many of the trials that use it are under way.
    var waitingUsers: [Int]
  }

  private let plan: SweepPlan
  private let rung: SweepRung
  /// The disposable outputs of each trial in the rung before.
  private let before: [Int: [RecordedOutput]]
  private let disposable: DisposableTypes
  private let rows: RowComparison
  private let store: ArtifactStore
  private let observer: any SweepObserver
  private let places: [String: Int]
  /// The stages of each trial of the rung, by their places in its plan.
  private let stagesOfTrials: [Int: [Int]]
  /// For each stage, the trials that use it.
  private let users: [[Int]]
  /// Disposable artifacts that are pinned, or last results of definitions and other sweeps.
  private let rooted: Set<Digest>
  private let state: Mutex<State>

  init(
    _ race: SweepRace, _ rung: SweepRung, before: [Int: [RecordedOutput]],
    disposable: DisposableTypes, rows: RowComparison, store: ArtifactStore,
    observer: any SweepObserver
  ) throws(Diagnostic) {
    plan = race.plan
    self.rung = rung
    self.before = before
    self.disposable = disposable
    self.rows = rows
    self.store = store
    self.observer = observer
    places = Dictionary(
      rung.plan.stages.map { ($0.name, $0.index) }, uniquingKeysWith: { first, _ in first })
    var users = [[Int]](repeating: [], count: rung.plan.stages.count)
    var left: [Int: Set<Int>] = [:]
    for (trial, stages) in zip(rung.trials, rung.stages) {
      left[trial] = Set(stages)
      for stage in stages { users[stage].append(trial) }
    }
    self.users = users
    stagesOfTrials = Dictionary(
      zip(rung.trials, rung.stages).map { ($0, $1) }, uniquingKeysWith: { first, _ in first })
    rooted = try Self.disposableKeptElsewhere(than: rung.plan, disposable, in: store)
    var race = race
    race.settle(Dictionary(rung.trials.map { ($0, .unknown) }, uniquingKeysWith: { $1 }))
    var state = State(
      race: race, left: left, leading: LeadingPoints(atMost: race.survivorCount),
      waitingUsers: users.map(\.count))
    for (trial, outputs) in before {
      let wanted = left[trial] == nil ? [] : outputs.map(\.digest)
      state.surplus.hold(Set(wanted), of: outputs.map(\.digest), by: .trial(trial))
    }
    self.state = Mutex(state)
  }

  private static func disposableKeptElsewhere(
    than plan: Plan, _ disposable: DisposableTypes, in store: ArtifactStore
  ) throws(Diagnostic) -> Set<Digest> {
    let pins = try Pin.all(in: store)
    var rooted = Set(pins.flatMap(\.objects))
    for key in pins.flatMap(\.keys) {
      rooted.formUnion(try store.record(for: key)?.outputs.map(\.digest) ?? [])
    }
    for (stage, key) in try PreviousKeys.others(than: plan, in: store).flatMap(\.keys) {
      // Sweeps that are over keep no checkpoints.
      for output in try store.record(for: key)?.outputs ?? []
      where stage.trial != nil
        ? disposable.weights.contains(output.type) : disposable.contains(output)
      {
        rooted.insert(output.digest)
      }
    }
    return rooted
  }

  /// The race after this rung, and the disposable outputs of each trial.
  var end: (race: SweepRace, outputs: [Int: [RecordedOutput]]) {
    state.withLock { state in
      var outputs: [Int: [RecordedOutput]] = before
      for (stage, record) in state.records {
        let found = record.outputs.filter(disposable.contains)
        for trial in users[stage] where !found.isEmpty { outputs[trial, default: []] += found }
      }
      return (state.race, outputs)
    }
  }

  /// The stages that the trials of a point use, each as often as trials use it.
  private func stages(of point: Int, in race: SweepRace) -> [Int] {
    race.trials(of: point).flatMap { stagesOfTrials[$0] ?? [] }
  }

  func observe(_ event: RunEvent) {
    observer.observe(.stage(event))
    guard case .ended(let report) = event, let stage = places[report.stage] else { return }
    state.withLock { note(report, of: stage, in: &$0) }
  }

  private func note(_ report: StageReport, of stage: Int, in state: inout State) {
    var settled: [Int] = []
    switch report.outcome {
    case .cached, .ran:
      state.records[stage] = report.record
      state.changed.insert(stage)
      for trial in users[stage] where state.left[trial]?.remove(stage) != nil {
        guard state.left[trial]?.isEmpty == true else { continue }
        state.race.settle([trial: status(of: trial, .done, state)])
        settled.append(trial)
      }
    case .failed(let problem):
      let planned = rung.plan.stages[stage]
      // The path of the log is only shown, so a failure to find it does not matter.
      let left = report.key.flatMap { try? store.failure(of: planned.claim(on: $0)) }
      let log = left?.logPath ?? ""
      let failure = TrialStatus.State.failed(
        stage: planned.baseName, reason: problem.message.problem, log: log)
      for trial in users[stage] where state.race.status(of: trial).isWaiting {
        state.race.settle([trial: status(of: trial, failure, state)])
        settled.append(trial)
      }
    case .blocked, .stopped: break
    }
    for trial in settled {
      observer.observe(.trial(plan.trials[trial], state.race.status(of: trial)))
      state.surplus.hold([], of: before[trial]?.map(\.digest) ?? [], by: .trial(trial))
    }
    for point in Set(settled.map { plan.trials[$0].point }).sorted() { tell(of: point, &state) }
  }

  private func status(
    of trial: Int, _ end: TrialStatus.State, _ state: State
  ) -> TrialStatus {
    var records: [String: Record] = [:]
    var scores: [String: JSONValue] = [:]
    for stage in stagesOfTrials[trial] ?? [] {
      guard let record = state.records[stage] else { continue }
      let planned = rung.plan.stages[stage]
      records[planned.baseName] = record
      // A point whose scores cannot be read has none; the table says why.
      scores[planned.baseName] = try? planned.scores(of: record, in: store)
    }
    return TrialStatus(state: end, extent: rung.extent, records: records, scores: scores)
  }

  private func tell(of point: Int, _ state: inout State) {
    guard state.race.isSettled(point), state.settledPoints.insert(point).inserted else { return }
    for stage in stages(of: point, in: state.race) {
      state.waitingUsers[stage] -= 1
      state.changed.insert(stage)
    }
    if state.race.value(of: point) != nil,
      let loser = state.leading.add(point, by: { [race = state.race] in race.better($0, $1) == $0 })
    {
      state.changed.formUnion(stages(of: loser, in: state.race))
    }
    observer.observe(
      .settled(
        state.race.point(point), rank(of: point, &state), count: state.settledPoints.count,
        of: state.race.alive.count))
  }

  private func rank(of point: Int, _ state: inout State) -> SweepRank {
    guard state.race.value(of: point) != nil else { return .behind }
    guard let (first, best) = state.comparable else {
      state.comparable = (point, point)
      return .best
    }
    guard haveSameRows(point, first, state) else { return .onOtherRows }
    let better = state.race.better(best, point)
    state.comparable = (first, better)
    return better == point ? .best : .behind
  }

  /// Whether two points were scored on the same rows; not so when that cannot be known.
  private func haveSameRows(_ a: Int, _ b: Int, _ state: State) -> Bool {
    func records(_ point: Int) -> [Record?] {
      state.race.point(point).folds.map { $0.first?.records[plan.objective.stage] }
    }
    do throws(Diagnostic) {
      for case (let a?, let b?) in zip(records(a), records(b)) {
        guard try rows.areSame(a, b, store) else { return false }
      }
      return true
    } catch {
      observer.observe(.stage(.noticed(error)))
      return false
    }
  }

  /// Evicts what no point needs any more; to be called while nothing is looked up in the store.
  func evictDisposable() { state.withLock { drop(&$0) } }

  private func drop(_ state: inout State) {
    for stage in state.changed {
      let outputs = state.records[stage]?.outputs.filter(disposable.contains) ?? []
      guard !outputs.isEmpty else { continue }
      let wanted = outputs.filter { isNeeded($0, of: stage, state) }
      state.surplus.hold(
        Set(wanted.map(\.digest)), of: outputs.map(\.digest), by: .stage(stage))
    }
    state.changed = []
    let surplus = state.surplus.take().subtracting(rooted)
    guard !surplus.isEmpty else { return }
    do throws(Diagnostic) { try store.evict(surplus) } catch {
      observer.observe(.stage(.noticed(error)))
    }
  }

  private func isNeeded(_ output: RecordedOutput, of stage: Int, _ state: State) -> Bool {
    let race = state.race
    if state.waitingUsers[stage] > 0 { return true }
    return users[stage].contains { trial in
      if case .failed = race.status(of: trial).state {
        return disposable.weights.contains(output.type)
      }
      return state.leading.contains(plan.trials[trial].point)
        && (!race.isLastRung || disposable.weights.contains(output.type))
    }
  }
}
