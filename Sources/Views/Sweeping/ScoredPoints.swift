import Artifacts
import Diagnostics
import Formats
import Pipelines
import Sweeps

/// The rows that points were scored on by one stage, as their runs stored them.
struct ScoredPoints {
  private let stage: String
  private let store: ArtifactStore
  /// Whether a row may be in several folds, as rows of validation parts are.
  let haveRepeats: Bool

  init(_ stage: String, of plan: SweepPlan, in store: ArtifactStore) {
    self.stage = stage
    self.store = store
    haveRepeats = plan.foldCount > 1 && !(plan.base[stage].map(plan.base.holdsFold) ?? false)
  }

  /// For each seed the rows of all folds, one fold after the other.
  ///
  /// Nil when the rows were not kept, or the runs of the point are of different rows.
  func runs(of point: SweepStatus.Point) throws(Diagnostic) -> [ComparedRows]? {
    let seedCount = point.folds.first?.count ?? 0
    var runs: [ComparedRows] = []
    for seed in 0..<seedCount {
      var folds: [ComparedRows] = []
      for fold in point.folds {
        guard let record = fold[seed].records[stage] else { return nil }
        guard let rows = try ComparedRows(record, in: store) else { return nil }
        folds.append(rows)
      }
      guard let run = ComparedRows(joining: folds) else { return nil }
      runs.append(run)
    }
    guard let first = runs.first, runs.allSatisfy({ $0.areThose(of: first) }) else { return nil }
    return runs
  }

  /// The number of rows that the scores give, of all folds; nil where they give none.
  func rowCount(of point: SweepStatus.Point) -> Int? {
    let counts = point.folds.map { fold in
      let scores = fold.first?.scores[stage]
      return ["rows", "sentences", "pairs"].lazy.compactMap { scores?[$0]?.intValue }.first
    }
    let known = counts.compactMap(\.self)
    return known.isEmpty ? nil : known.reduce(0, +)
  }
}
