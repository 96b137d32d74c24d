import Artifacts
import Diagnostics
import Pipelines

/// What happens during a sweep.
package enum SweepEvent: Sendable {
  case rung(SweepRung, number: Int, of: Int)
  case stage(RunEvent)
  /// A run of a point has ended in this rung.
  case trial(SweepPlan.SweepTrial, TrialStatus)
  /// All trials of a point have ended in this rung.
  case settled(SweepStatus.Point, SweepRank, count: Int, of: Int)
}

/// How a point compares with those that were settled before it.
package enum SweepRank: Sendable {
  case best, behind
  /// It was scored on other rows than the first, so that they cannot be compared.
  case onOtherRows
}

/// Is told what happens during a sweep, from several threads.
package protocol SweepObserver: Sendable {
  func observe(_ event: SweepEvent)
}

/// The result of running a sweep.
package struct SweepReport: Sendable {
  package let status: SweepStatus
  package private(set) var ran = 0
  package private(set) var cached = 0
  package private(set) var failed = 0
  package private(set) var stopped = 0
  package let seconds: Double

  init(_ status: SweepStatus, _ runs: [RunReport]) {
    self.status = status
    for run in runs {
      ran += run.ran
      cached += run.cached
      failed += run.failed
      stopped += run.stopped
    }
    seconds = runs.reduce(0) { $0 + $1.seconds }
  }
}

/// Runs the points of a sweep, each rung as one plan, and evicts the weights of those that lose.
package struct SweepRunner: Sendable {
  let plan: SweepPlan
  let store: ArtifactStore
  let jobs: Int
  let cores: Int
  let disposable: DisposableTypes
  let rows: RowComparison
  let interruption: Interruption
  let observer: any SweepObserver
  let request: RunRequest
  let executor: (any Executor)?

  /// - Parameter executor: where stages are carried out; threads of this process unless given.
  package init(
    plan: SweepPlan, store: ArtifactStore, jobs: Int, cores: Int, disposable: DisposableTypes,
    rows: RowComparison, interruption: Interruption, observer: any SweepObserver,
    request: RunRequest = RunRequest(), executor: (any Executor)? = nil
  ) {
    self.plan = plan
    self.store = store
    self.jobs = jobs
    self.cores = cores
    self.disposable = disposable
    self.rows = rows
    self.interruption = interruption
    self.observer = observer
    self.request = request
    self.executor = executor
  }

  /// Runs what is left of the sweep; other points go on when one fails.
  ///
  /// - Throws: when the store itself cannot be used.
  package func run() throws(Diagnostic) -> SweepReport {
    try interruption.polled { () throws(Diagnostic) in try runEveryRung() }
  }

  private func runEveryRung() throws(Diagnostic) -> SweepReport {
    var race = SweepRace(plan)
    var reports: [RunReport] = []
    var outputs: [Int: [RecordedOutput]] = [:]
    while let rung = race.rung {
      observer.observe(.rung(rung, number: race.rungNumber + 1, of: plan.extents.count))
      let watch = try RungObserver(
        race, rung, before: outputs, disposable: disposable, rows: rows, store: store,
        observer: observer)
      let runner = Runner(
        plan: rung.plan, store: store, jobs: jobs, cores: cores, interruption: interruption,
        observer: watch, keepsStateOfFailures: false, request: request, executor: executor,
        betweenLookups: { watch.evictDisposable() })
      reports.append(try runner.run(Set(rung.plan.stages.indices)))
      (race, outputs) = watch.end
      if let report = try remakeWeights(of: race, rung, with: runner) { reports.append(report) }
      guard race.isSettled else { break }
      race.advance()
    }
    return SweepReport(SweepStatus(race), reports)
  }

  /// Trains the best point again if its weights were evicted while another point was better.
  private func remakeWeights(
    of race: SweepRace, _ rung: SweepRung, with runner: Runner
  ) throws(Diagnostic) -> RunReport? {
    guard race.isSettled, let best = race.best else { return nil }
    var wanted: Set<Int> = []
    var needed: [Int: Set<String>] = [:]
    for (trial, stages) in zip(rung.trials, rung.stages) where plan.trials[trial].point == best {
      let records = race.status(of: trial).records
      for stage in stages {
        let outputs = records[rung.plan.stages[stage].baseName]?.outputs ?? []
        var lost: Set<String> = []
        for output in outputs where disposable.weights.contains(output.type) {
          if try store.isEvicted(output.digest) { lost.insert(output.port) }
        }
        guard !lost.isEmpty else { continue }
        needed[stage] = lost
        wanted.formUnion(try rung.plan.cone(of: [rung.plan.stages[stage].name]))
      }
    }
    return wanted.isEmpty ? nil : try runner.run(wanted, bytesOf: needed)
  }
}

/// The types of artifacts that are evicted from all points of a sweep but the best.
package struct DisposableTypes: Sendable {
  /// Weights, which the best point keeps.
  let weights: Set<String>
  /// Checkpoints, which points keep only while halving may ask them for more epochs.
  let state: Set<String>

  package init(weights: [ArtifactType], state: [ArtifactType]) {
    self.weights = Set(weights.map(\.name))
    self.state = Set(state.map(\.name))
  }

  func contains(_ output: RecordedOutput) -> Bool {
    weights.contains(output.type) || state.contains(output.type)
  }
}
