import Diagnostics
import Files
import Pipelines
import Reports
import Sweeps

/// How far a sweep has come, in a line.
struct SweepProgress {
  private var started = WorkClock.now
  private var round: (number: Int, count: Int) = (1, 1)
  /// Of this round.
  private var runs: (ended: Int, count: Int) = (0, 0)
  /// By the run, how far each of its stages that learn has come; of runs that have not ended.
  private var learning: [String: [String: Double]] = [:]
  /// The run that each of these stages belongs to.
  private var runsOfStages: [String: String] = [:]
  /// How far the runs that have not ended have come, all together.
  private var underWay = 0.0
  /// The shares of runs that were done before.
  private var cached = 0.0
  private var best: String?

  /// Takes note of what happened.
  mutating func observe(_ event: SweepEvent, of plan: SweepPlan) {
    switch event {
    case .rung(let rung, let number, let count):
      started = WorkClock.now
      round = (number, count)
      runs = (0, rung.trials.count)
      cached = 0
      (learning, runsOfStages, underWay) = ([:], [:], 0)
      for stage in rung.plan.stages where stage.kind.role == .learns {
        guard let run = stage.trial else { continue }
        learning[run, default: [:]][stage.name] = 0
        runsOfStages[stage.name] = run
      }
    case .stage(.progressed(let stage, let progress)): note(progress.fraction ?? 0, of: stage)
    case .stage(.ended(let report)):
      guard let run = note(1, of: report.stage) else { return }
      if case .cached = report.outcome { cached += 1 / Double(learning[run]?.count ?? 1) }
    case .stage: break
    case .trial(let trial, let status):
      runs.ended += 1
      end(trial.label)
      if let extent = status.extent { end("\(trial.label)/\(extent)") }
    case .settled(let point, .best, _, _):
      guard let value = point.value else { return }
      let score = Spelling.score(value, of: plan.objective.score)
      best = "best \(score) (point \(point.point.number))"
    case .settled: break
    }
  }

  /// - Returns: the run that the stage belongs to; nil for one that does not learn.
  @discardableResult
  private mutating func note(_ fraction: Double, of stage: String) -> String? {
    guard let run = runsOfStages[stage], let before = learning[run]?[stage] else { return nil }
    learning[run]?[stage] = fraction
    underWay += (fraction - before) / Double(learning[run]?.count ?? 1)
    return run
  }

  private mutating func end(_ run: String) {
    guard let shares = learning.removeValue(forKey: run)?.values else { return }
    underWay -= shares.reduce(0, +) / Double(shares.count)
  }

  /// How many runs are done, those under way by their shares.
  private var done: Double { min(Double(runs.count), Double(runs.ended) + max(0, underWay)) }

  /// `7/18 runs · 41 % · 1 m 10 s left · best 66.73 (point 7)`.
  var text: String {
    var parts = ["\(runs.ended)/\(Spelling.count(runs.count, "run"))"]
    if round.count > 1 { parts.insert("round \(round.number)/\(round.count)", at: 0) }
    let done = done
    if runs.count > 0 {
      parts.append("\(Spelling.fixed(100 * done / Double(runs.count), places: 0)) %")
    }
    // Of what was done here alone, since what is cached takes no time.
    let worked = done - cached
    if worked > 0 {
      let left = started.secondsSoFar / worked * (Double(runs.count) - done)
      parts.append("\(Spelling.duration(left)) left")
    }
    return (parts + [best].compactMap(\.self)).joined(separator: " · ")
  }
}
