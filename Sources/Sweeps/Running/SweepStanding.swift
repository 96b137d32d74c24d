import Artifacts
import Diagnostics
import Pipelines

/// How a sweep stands: what each point has come to, and which is the best so far.
package struct SweepStanding: Sendable {
  package enum State: String, Sendable {
    case done, failed, waiting
    /// Out of the race: others were better on the same amount of work.
    case dropped
  }

  /// A point with its runs.
  package struct Point: Sendable {
    package let point: SweepPoint
    package let state: State
    /// A run for each seed.
    package let trials: [TrialStanding]
    /// The mean over the seeds of what it is ranked by; nil until all are there.
    package let value: Double?

    /// How much work it was given; nil without halving.
    package var extent: Int? { trials.first?.extent }
  }

  package let plan: SweepPlan
  package let points: [Point]
  /// The place of the best point that was given all the work; nil when none has come so far.
  package let best: Int?

  package var isComplete: Bool { points.allSatisfy { $0.state != .waiting } }

  /// Finds out what is in the store.
  package init(of plan: SweepPlan, in store: ArtifactStore) throws(Diagnostic) {
    var race = SweepRace(plan)
    while let rung = race.rung {
      race.settle(try rung.standings(in: store))
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
