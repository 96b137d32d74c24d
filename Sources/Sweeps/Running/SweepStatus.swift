import Artifacts
import Diagnostics
import Pipelines

/// The status of a sweep: the state and scores of each point, and which is the best so far.
package struct SweepStatus: Sendable {
  package enum State: String, Sendable {
    case done, failed, waiting
    /// Dropped by halving: others were better after the same amount of work.
    case dropped
  }

  /// A point with its trials.
  package struct Point: Sendable {
    package let point: SweepPoint
    package let state: State
    /// Of each fold, or of all rows where there are none, a trial for each seed.
    package let folds: [[TrialStatus]]
    /// The mean over the folds and seeds of the ranking score; nil until all trials have one.
    package let value: Double?

    /// A trial for each fold and seed.
    package var trials: [TrialStatus] { folds.flatMap(\.self) }

    /// The extent that it was run to; nil without halving.
    package var extent: Int? { trials.first?.extent }
  }

  package let plan: SweepPlan
  package let points: [Point]
  /// The place of the best point in the last rung; nil when no point has finished it.
  package let best: Int?

  package var isComplete: Bool { points.allSatisfy { $0.state != .waiting } }

  /// Reads the status from the store.
  package init(of plan: SweepPlan, in store: ArtifactStore) throws(Diagnostic) {
    var race = SweepRace(plan)
    while let rung = race.rung {
      race.settle(try rung.statuses(in: store))
      guard race.isSettled else { break }
      race.advance()
    }
    self.init(race)
  }

  init(_ race: SweepRace) {
    plan = race.plan
    points = race.plan.points.indices.map { race.point($0) }
    best = race.best
  }
}
