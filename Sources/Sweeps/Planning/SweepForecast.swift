import Artifacts
import Diagnostics
import Pipelines

/// The time and space a sweep will take, estimated from the records of similar work in the store.
package struct SweepForecast: Sendable {
  /// Stages that have no result yet, and how many stages there are.
  package private(set) var stagesToRun = 0
  package private(set) var stageCount = 0
  /// Stages whose results several points use.
  package private(set) var sharedStages = 0
  /// Elapsed time with the given cores; nil when a kind of stage has never run in this store.
  package private(set) var seconds: Double?
  /// The bytes that stay in the store afterwards; nil when `seconds` is.
  package private(set) var keptBytes: Int?
  /// The most bytes in the store meanwhile; nil when `seconds` is.
  package private(set) var peakBytes: Int?
  /// The kinds of stages that nothing is known of.
  package private(set) var unknownKinds: [String] = []

  /// - Parameter jobs: how many points run at once.
  package init(
    of plan: SweepPlan, in store: ArtifactStore, jobs: Int, cores: Int, disposable: DisposableTypes
  ) throws(Diagnostic) {
    let all = plan.rung(0, trials: Array(plan.trials.indices))
    let assessment = try Assessment(of: all.plan, in: store)
    stageCount = assessment.stages.count
    sharedStages = all.sharedStageCount
    let stale = assessment.stages.filter { $0.record == nil }
    stagesToRun = stale.count
    let rungs = try plan.extents.indices.dropFirst().map { (number) throws(Diagnostic) in
      try LaterRung(number, of: plan, in: store)
    }
    let later = rungs.flatMap(\.stale)
    let past = try PastWork(
      in: store, kinds: Set((stale.map(\.planned) + later).map { $0.kind.kind }))
    var cost = Cost()
    for stage in stale { cost.add(stage.planned, past, disposable) }
    for rung in rungs {
      stageCount += rung.stages.count
      stagesToRun += rung.stale.count
      cost.add(rung, past)
    }
    unknownKinds = cost.unknownKinds
    guard unknownKinds.isEmpty else { return }
    seconds = cost.coreSeconds / Double(cores)
    let kept = cost.keptBytes + cost.weightBytes * (plan.trials.count / max(1, plan.points.count))
    keptBytes = stale.isEmpty ? 0 : kept
    peakBytes =
      stagesToRun == 0 ? 0 : kept + 2 * min(jobs, plan.trials.count) * cost.disposableBytes
  }

  /// The summed costs of the stages of a sweep.
  private struct Cost {
    var coreSeconds = 0.0
    var keptBytes = 0
    /// The weights, and all disposable artifacts, of the largest point.
    var weightBytes = 0
    var disposableBytes = 0
    var unknownKinds: [String] = []

    mutating func add(_ stage: PlannedStage, _ past: PastWork, _ disposable: DisposableTypes) {
      guard let estimate = estimate(of: stage, past, beyond: 0) else { return }
      coreSeconds += estimate.coreSeconds
      let heavy = estimate.outputs.filter(disposable.contains)
      keptBytes += estimate.outputs.reduce(0) { $0 + $1.byteCount }
      keptBytes -= heavy.reduce(0) { $0 + $1.byteCount }
      disposableBytes = max(disposableBytes, heavy.reduce(0) { $0 + $1.byteCount })
      let weights = heavy.filter { disposable.weights.contains($0.type) }
      weightBytes = max(weightBytes, weights.reduce(0) { $0 + $1.byteCount })
    }

    mutating func add(_ rung: LaterRung, _ past: PastWork) {
      for stage in rung.stale {
        let before = stage.extent == nil ? 0 : rung.extentBefore
        coreSeconds += estimate(of: stage, past, beyond: before)?.coreSeconds ?? 0
      }
    }

    private mutating func estimate(
      of stage: PlannedStage, _ past: PastWork, beyond extentBefore: Int
    ) -> PastWork.Estimate? {
      let estimate = past.estimate(of: stage, beyond: extentBefore)
      let kind = stage.kind.kind
      if estimate == nil, !unknownKinds.contains(kind) { unknownKinds.append(kind) }
      return estimate
    }
  }
}

/// The work of a later rung, which points that halving keeps do with more of the extent.
///
/// It is not known yet which points these are, so the work of the first ones is taken.
private struct LaterRung {
  /// The stages that have the extent, and those that depend on them.
  let stages: [PlannedStage]
  /// Those of them without a result, assuming that existing results are of points that go on.
  let stale: ArraySlice<PlannedStage>
  let extentBefore: Int

  init(_ number: Int, of plan: SweepPlan, in store: ArtifactStore) throws(Diagnostic) {
    var count = plan.points.count
    for _ in 0..<number { count = plan.sweep.halving?.survivorCount(of: count) ?? count }
    let chosen = plan.trials.indices.filter { plan.trials[$0].point < count }
    stages = Self.stagesWithExtent(of: plan.rung(number, trials: chosen).plan)
    let all = plan.rung(number, trials: Array(plan.trials.indices)).plan
    let assessment = try Assessment(of: all, in: store)
    let doneCount = Self.stagesWithExtent(of: all).count {
      assessment.stages[$0.index].record != nil
    }
    stale = stages.prefix(max(0, stages.count - doneCount))
    extentBefore = plan.extents[number - 1] ?? 0
  }

  private static func stagesWithExtent(of plan: Plan) -> [PlannedStage] {
    var seen: Set<Int> = []
    return plan.stages.filter { $0.extent != nil }
      .flatMap { [$0] + plan.dependents(of: $0.index) }
      .filter { seen.insert($0.index).inserted }
  }
}
