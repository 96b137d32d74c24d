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
  private var runs: (ended: Int, cached: Int, count: Int) = (0, 0, 0)
  /// By the names of the stages that are learning now, how far they have come.
  private var learning: [String: Double] = [:]
  private var best: String?

  /// Takes note of what happened.
  mutating func observe(_ event: SweepEvent, of plan: SweepPlan) {
    switch event {
    case .rung(let rung, let number, let count):
      started = WorkClock.now
      round = (number, count)
      runs = (0, 0, rung.trials.count)
      learning = Dictionary(
        rung.plan.stages.filter { $0.kind.role == .learns && $0.trial != nil }
          .map { ($0.name, 0) }, uniquingKeysWith: { first, _ in first })
    case .stage(.progressed(let stage, let progress)):
      if learning[stage] != nil { learning[stage] = progress.fraction ?? 0 }
    case .stage(.ended(let report)):
      guard learning.removeValue(forKey: report.stage) != nil else { return }
      if case .cached = report.outcome { runs.cached += 1 }
    case .stage: break
    case .trial: runs.ended += 1
    case .settled(let point, .best, _, _):
      guard let value = point.value else { return }
      let score = Spelling.score(value, of: plan.objective.score)
      best = "best \(score) (point \(point.point.number))"
    case .settled: break
    }
  }

  /// `7/18 runs · 41 % · 1 m 10 s left · best 66.73 (point 7)`.
  var text: String {
    var parts = ["\(runs.ended)/\(runs.count) runs"]
    if round.count > 1 { parts.insert("round \(round.number)/\(round.count)", at: 0) }
    let done = min(Double(runs.count), Double(runs.ended) + learning.values.reduce(0, +))
    if runs.count > 0 {
      parts.append("\(Spelling.fixed(100 * done / Double(runs.count), places: 0)) %")
    }
    // Of what was done here alone, since what is cached takes no time.
    let worked = done - Double(runs.cached)
    if worked > 0 {
      let left = started.secondsSoFar / worked * (Double(runs.count) - done)
      parts.append("\(Spelling.duration(left)) left")
    }
    return (parts + [best].compactMap(\.self)).joined(separator: " · ")
  }
}
