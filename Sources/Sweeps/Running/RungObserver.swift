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
    var dropped: Set<Digest> = []
    /// Whether a stage has ended since artifacts were last evicted.
    var hasNews = false
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
    state = Mutex(State(race: race, left: left))
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

  func observe(_ event: RunEvent) {
    observer.observe(.stage(event))
    guard case .ended(let report) = event, let stage = places[report.stage] else { return }
    state.withLock { note(report, of: stage, in: &$0) }
  }

  private func note(_ report: StageReport, of stage: Int, in state: inout State) {
    var settled: [Int] = []
    switch report.outcome {
    case .cached, .ran:
      state.hasNews = true
      state.records[stage] = report.record
      for output in report.record?.outputs ?? [] { state.dropped.remove(output.digest) }
      for trial in users[stage] where state.left[trial]?.remove(stage) != nil {
        guard state.left[trial]?.isEmpty == true else { continue }
        state.race.settle([trial: status(of: trial, .done, state)])
        settled.append(trial)
      }
    case .failed(let problem):
      state.hasNews = true
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
  func evictDisposable() {
    state.withLock { state in
      if state.hasNews { drop(&state) }
      state.hasNews = false
    }
  }

  private func drop(_ state: inout State) {
    let race = state.race
    let ranked = race.ranked(race.alive.filter { race.isSettled($0) })
    let keeping = Set(ranked.prefix(race.survivorCount))
    var kept: Set<Digest> = []
    var surplus: Set<Digest> = []
    for (stage, record) in state.records {
      for output in record.outputs where disposable.contains(output) {
        let isKept = users[stage].contains { trial in
          let point = plan.trials[trial].point
          guard race.isSettled(point) else { return true }
          if case .failed = race.status(of: trial).state {
            return disposable.weights.contains(output.type)
          }
          return keeping.contains(point)
            && (!race.isLastRung || disposable.weights.contains(output.type))
        }
        if isKept { kept.insert(output.digest) } else { surplus.insert(output.digest) }
      }
    }
    for (trial, outputs) in before {
      let isOver = stagesOfTrials[trial] == nil || !race.status(of: trial).isWaiting
      for output in outputs {
        if isOver { surplus.insert(output.digest) } else { kept.insert(output.digest) }
      }
    }
    surplus.subtract(kept)
    surplus.subtract(state.dropped)
    surplus.subtract(rooted)
    guard !surplus.isEmpty else { return }
    state.dropped.formUnion(surplus)
    do throws(Diagnostic) { try store.evict(surplus) } catch {
      observer.observe(.stage(.noticed(error)))
    }
  }
}
