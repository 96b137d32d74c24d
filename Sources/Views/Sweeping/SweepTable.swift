import Artifacts
import Diagnostics
import Formats
import Pipelines
import Reports
import Sweeps

/// A table of a sweep's points: their settings and scores.
package struct SweepTable: Sendable {
  /// A score of a point: the mean over its folds and seeds, and how much they differ.
  package struct Score: Sendable {
    package let mean: Double
    /// The standard deviation over the folds, each the mean of its seeds, or over the seeds of a point
    /// without folds; nil for a single one.
    package let deviation: Double?
    /// The score over the rows of all folds together; nil without folds, or where it is not known.
    package let pooled: Double?

    /// - Parameter folds: of each fold the values of its seeds.
    package init?(_ folds: [[Double]], pooled: Double? = nil) {
      func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
      let known = folds.filter { !$0.isEmpty }
      guard !known.isEmpty else { return nil }
      let parts = folds.count > 1 ? known.map(mean) : known[0]
      let middle = mean(parts)
      let squares = parts.reduce(0) { $0 + ($1 - middle) * ($1 - middle) }
      self.mean = mean(known.flatMap(\.self))
      deviation = parts.count > 1 ? (squares / Double(parts.count - 1)).squareRoot() : nil
      self.pooled = pooled
    }
  }

  /// A column of scores.
  package struct ScoreColumn: Hashable, Sendable {
    package let stage: String
    package let score: String

    /// Whether it has this name: `log-loss`, `evaluate.log-loss`.
    func isCalled(_ name: String) -> Bool { name == score || name == "\(stage).\(score)" }
  }

  package struct Row: Sendable {
    /// The place of the point in the sweep.
    package let place: Int
    package let point: SweepStatus.Point
    package let isBest: Bool
    package let isTie: Bool
    /// Whether it was scored on other rows than the best, so that the two cannot be ranked.
    let hasOtherRows: Bool
    /// In the order of the table's columns.
    package let scores: [Score?]
  }

  package let status: SweepStatus
  let comparison: SweepComparison
  package let columns: [ScoreColumn]
  /// In the order they are shown.
  package private(set) var rows: [Row]

  /// - Throws: when rows that points were scored on cannot be read.
  package init(_ status: SweepStatus, in store: ArtifactStore) throws(Diagnostic) {
    self.status = status
    let comparison = try SweepComparison(status, in: store)
    self.comparison = comparison
    let columns = Self.columns(of: status)
    self.columns = columns
    var pooled: [[String: PooledScores]] = []
    for point in status.points {
      var stages: [String: PooledScores] = [:]
      for stage in Set(columns.map(\.stage)) {
        stages[stage] = try PooledScores(of: point, by: stage, status.plan, in: store)
      }
      pooled.append(stages)
    }
    rows = status.points.enumerated().map { place, point in
      Row(
        place: place, point: point, isBest: place == status.best, isTie: comparison.isTie(place),
        hasOtherRows: comparison.otherRowCounts[place] != nil,
        scores: columns.map { column in
          Score(
            point.folds.map { $0.compactMap { $0.value(of: column) } },
            pooled: pooled[place][column.stage]?[column.score])
        })
    }
    sort()
  }

  /// Sorts the best points first, then those dropped by halving, then those without a score.
  private mutating func sort() {
    let objective = status.plan.objective
    rows.sort { a, b in
      let (x, y) = (a.point.extent ?? 0, b.point.extent ?? 0)
      switch (a.point.value, b.point.value) {
      case (let first?, let second?):
        if x != y { return x > y }
        return first == second ? a.place < b.place : objective.isBetter(first, than: second)
      case (_?, nil): return true
      case (nil, _?): return false
      case (nil, nil): return a.place < b.place
      }
    }
  }

  /// Sorts by a column: an option, a score, or `point`; numbers from the smallest.
  ///
  /// - Throws: when there is no such column.
  package mutating func sort(by name: String) throws(Diagnostic) {
    if name == "point" {
      rows.sort { $0.place < $1.place }
    } else if let column = columns.firstIndex(where: { $0.isCalled(name) }) {
      rows.sort { a, b in
        let (x, y) = (a.scores[column]?.mean, b.scores[column]?.mean)
        if x == y { return a.place < b.place }
        return x.map { x in y.map { x < $0 } ?? true } ?? false
      }
    } else if let option = optionTitles.first(where: { $0.name == name || $0.title == name }) {
      rows.sort { a, b in
        let (x, y) = (a.point.value(of: option.name), b.point.value(of: option.name))
        return x == y ? a.place < b.place : Spelling.isLess(x, y)
      }
    } else {
      let known = ["point"] + optionTitles.map(\.title) + columns.map { title(of: $0) }
      throw Diagnostic(.noSuchColumn(name, among: known))
    }
  }

  /// The seconds that all its points took when they ran; shared stages are counted once.
  package var workSeconds: Double {
    let records = status.points.flatMap(\.trials).flatMap(\.records.values)
    let seconds = records.map { ($0.keyText, $0.seconds) }
    return Dictionary(seconds, uniquingKeysWith: { first, _ in first }).values.reduce(0, +)
  }

  /// Whether every point was scored on the rows of the best one.
  package var isRanked: Bool { comparison.otherRowCounts.isEmpty }

  package mutating func reverse() { rows.reverse() }

  /// The p-value of a point's difference from the best one, corrected for how many were tested; nil
  /// where it was not tested.
  package func pValue(of row: Row) -> Double? { comparison.pValues[row.place] }

  /// The options that vary, with the shortest unambiguous titles.
  package var optionTitles: [(name: String, title: String)] {
    let names = status.plan.sweep.optionNames
    func short(_ name: String) -> String {
      name.firstIndex(of: ".").map { String(name[$0...].dropFirst()) } ?? name
    }
    return names.map { name in
      (name, names.count { short($0) == short(name) } > 1 ? name : short(name))
    }
  }

  package func title(of column: ScoreColumn) -> String {
    Set(columns.map(\.stage)).count > 1 ? "\(column.stage).\(column.score)" : column.score
  }

  /// The title of a column whose cells include the deviation over the folds or seeds.
  package func titleWithSpread(of column: ScoreColumn) -> String {
    title(of: column) + (hasSpread ? " ± sd" : "")
  }

  /// Whether points were run several times, so that scores are means.
  package var hasSpread: Bool { status.plan.repetitions != nil }

  /// Whether scores of a column are given over the rows of all folds together too.
  package func isPooled(_ column: ScoreColumn) -> Bool {
    guard status.plan.foldCount > 1 else { return false }
    return status.plan.base[column.stage].map(status.plan.base.holdsFold) ?? false
  }

  package func pooledTitle(of column: ScoreColumn) -> String { "\(title(of: column)) pooled" }

  /// The columns: the ranking score, then that score of other stages, then other scores.
  private static func columns(of status: SweepStatus) -> [ScoreColumn] {
    let objective = status.plan.objective
    let scoring = status.plan.base.stages.filter { $0.kind.role == .scores }
    let others = scoring.filter { $0.name != objective.stage }
    let own = scoring.first { $0.name == objective.stage }
    var columns = [ScoreColumn(stage: objective.stage, score: objective.score)]
    func add(_ stage: String, _ score: String) {
      let column = ScoreColumn(stage: stage, score: score)
      if !columns.contains(column) { columns.append(column) }
    }
    for stage in others where stage.scoreNames.contains(objective.score) {
      add(stage.name, objective.score)
    }
    for score in own?.scoreNames ?? [] {
      for stage in [own].compactMap(\.self) + others where stage.scoreNames.contains(score) {
        add(stage.name, score)
      }
    }
    for stage in others { for score in stage.scoreNames { add(stage.name, score) } }
    return columns
  }
}

extension SweepTable.Row {
  /// The mark of the point: the best, a tie with it, or scored on other rows.
  package var mark: String { isBest ? "★" : hasOtherRows ? "≠" : isTie ? "=" : "" }
}

extension SweepTable.Score {
  /// `0.9565 ± 0.0021`.
  package func spelled(of name: String) -> String {
    let mean = Spelling.score(mean, of: name)
    return deviation.map { "\(mean) ± \(Spelling.score($0, of: name))" } ?? mean
  }
}

extension SweepStatus.Point {
  /// The value of an option, as a definition spells it; empty where the point does not set it.
  package func value(of option: String) -> String {
    guard let setting = point.settings.last(where: { $0.name == option }) else { return "" }
    return setting.json.stringValue ?? setting.spelling
  }

  /// The note on a point that is not done: why it failed, or at which epoch it was dropped.
  package var note: String {
    switch state {
    case .done: return ""
    case .dropped: return "dropped"
    case .waiting: return trials.contains { $0.hasScores } ? "to go on" : "not run yet"
    case .failed:
      for trial in trials {
        if case .failed(let stage, let reason, _) = trial.state {
          return "failed: \(stage): \(reason.prefix { $0 != "\n" })"
        }
      }
      return "failed: no finite score"
    }
  }
}

extension PlannedStage {
  fileprivate var scoreNames: [String] { scores.map(\.name) }
}

extension SweepPlan {
  /// What means are over: `10 folds`, `3 seeds`, `10 folds × 3 seeds`; nil where points run once.
  package var repetitions: String? {
    let counts = [(foldCount, "folds"), (sweep.seedCount, "seeds")].filter { $0.0 > 1 }
    guard !counts.isEmpty else { return nil }
    return counts.map { "\($0) \($1)" }.joined(separator: " × ")
  }
}

extension TrialStatus {
  fileprivate var hasScores: Bool { !scores.isEmpty }

  /// A score that the table shows; nil where there is none.
  func value(of column: SweepTable.ScoreColumn) -> Double? {
    scores[column.stage]?[column.score]?.doubleValue
  }
}

extension Diagnostic.Message {
  fileprivate static func noSuchColumn(_ name: String, among columns: [String]) -> Self {
    Self(
      "the table has no column '\(name)'\(Suggestion.ending(for: name, among: columns))",
      remedy: "sort by one of \(columns.joined(separator: ", "))")
  }
}
