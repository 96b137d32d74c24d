import Diagnostics
import Pipelines
import TOML

/// Turns a sweep and a planned definition into a sweep's plan, or into every problem it has.
struct SweepPlanner {
  private let sweep: Sweep
  private let base: Plan
  private let document: TOMLDocument
  private let catalog: StageCatalog
  private var problems: [Diagnostic] = []
  private var warnings: [Diagnostic] = []

  init(_ sweep: Sweep, base: Plan, document: TOMLDocument, catalog: StageCatalog) {
    self.sweep = sweep
    self.base = base
    self.document = document
    self.catalog = catalog
  }

  mutating func read() -> SweepPlan.Reading {
    let points = sweep.points
    let objective = checkedObjective(amongSeveral: points.count > 1)
    let (halvedOption, extents) = rungs()
    let folds = folds()
    var plan = SweepPlan(
      sweep, base: base, points: points, trials: trials(of: points, folds),
      foldCount: folds.count,
      objective: objective ?? Objective(stage: "", score: "", direction: .max), extents: extents,
      halvedOption: halvedOption, document: document, catalog: catalog)
    plan.warnings = warnings
    problems += plan.check()
    guard problems.isEmpty else {
      var seen: Set<Diagnostic> = []
      return .problems(Plan.inOrder(problems.filter { seen.insert($0).inserted }))
    }
    return .plan(plan)
  }

  /// Whether all stages of the definition could be planned; if not, the problems were reported.
  private var isWhole: Bool { base.stages.count == base.definition.stages.count }

  private mutating func report(_ message: Diagnostic.Message) {
    problems.append(sweep.source.diagnostic(message, at: sweep.range))
  }

  private func diagnostic(
    ofObjective message: Diagnostic.Message, _ severity: Diagnostic.Severity = .error
  ) -> Diagnostic {
    let source = sweep.objectiveSource
    let range = source?.wholeLine ?? sweep.range
    return (source ?? sweep.source).diagnostic(message, at: range, severity: severity)
  }

  /// The sweep's own objective, or the first score of the last stage that scores: to choose among
  /// several points, of the last one that scores rows for validation, if there is one.
  private mutating func checkedObjective(amongSeveral: Bool) -> Objective? {
    guard isWhole || sweep.objective != nil else { return nil }
    guard let objective = sweep.objective else {
      let all = base.stages.filter { $0.kind.role == .scores && !$0.scores.isEmpty }
      let validating = amongSeveral ? all.last(where: base.scoresValidation) : nil
      guard let scoring = validating ?? all.last, let score = scoring.scores.first else {
        report(.noObjective)
        return nil
      }
      return Objective(stage: scoring.name, score: score.name, direction: score.better)
    }
    guard let stage = base[objective.stage] else {
      if base.keptForEnd.contains(objective.stage) {
        problems.append(diagnostic(ofObjective: .choosesByTest(objective.stage)))
      }
      return nil
    }
    guard stage.kind.role == .scores else {
      let scoring = base.stages.filter { $0.kind.role == .scores }.map(\.name)
      problems.append(diagnostic(ofObjective: .scoresNothing(stage.name, among: scoring)))
      return nil
    }
    guard !stage.scores.isEmpty else { return objective }
    guard let score = stage.scores.first(where: { $0.name == objective.score }) else {
      problems.append(
        diagnostic(
          ofObjective: .noSuchScore(
            objective.score, of: stage.name, among: stage.scores.map(\.name))))
      return nil
    }
    if score.better != objective.direction {
      warnings.append(
        diagnostic(ofObjective: .worstIsBest(objective, better: score.better), .warning))
    }
    return objective
  }

  /// The option that halving increases, and its value in each rung.
  private mutating func rungs() -> (option: (stage: String, option: String)?, extents: [Int?]) {
    guard isWhole, let halving = sweep.halving else { return (nil, [nil]) }
    let stages = base.stages.filter { stage in
      guard let extent = stage.extent else { return false }
      return halving.extent.map { $0 == (stage.name, extent.name) } ?? true
    }
    guard let stage = stages.first, let extent = stage.extent, stages.count == 1 else {
      report(.noExtent(stages.map(\.name)))
      return (nil, [nil])
    }
    if sweep.optionNames.contains("\(stage.name).\(extent.name)") {
      report(.variesExtent("\(stage.name).\(extent.name)"))
    }
    if halving.start >= extent.value {
      report(.nothingToHalve(halving.start, of: extent.value, "\(stage.name).\(extent.name)"))
    }
    return ((stage.name, extent.name), halving.extents(upTo: extent.value))
  }

  private mutating func trials(
    of points: [SweepPoint], _ folds: (stages: [String], count: Int)
  ) -> [SweepPlan.SweepTrial] {
    let seedCount = max(1, sweep.seedCount)
    let count = points.count * folds.count
    let (runCount, isBeyondAll) = count.multipliedReportingOverflow(by: seedCount)
    guard !isBeyondAll, runCount <= Sweep.maximumPointCount else {
      report(.tooManyRuns(points.count, folds: folds.count, seeds: seedCount))
      return []
    }
    let seeds = seeds()
    return points.enumerated().flatMap { place, point in
      (0..<folds.count).flatMap { fold in
        (0..<seedCount).map { number in
          let ofFold = folds.stages.map { stage in
            GivenOverlay.made(by: sweep, stage: stage, option: StageOptions.fold, fold + 1)
          }
          let ofSeed = seeds.map { stage, seed in
            GivenOverlay.made(by: sweep, stage: stage, option: "seed", seed &+ number)
          }
          let fold = folds.count > 1 ? fold + 1 : nil
          let seed = seedCount > 1 ? number + 1 : nil
          return SweepPlan.SweepTrial(
            point: place, fold: fold, seed: seed,
            overlay: point.settings + ofFold + (number > 0 ? ofSeed : []),
            label: [point.number, fold, seed].compactMap { $0.map(String.init) }
              .joined(separator: "."))
        }
      }
    }
  }

  /// The stages whose folds are held out in turn, and how many folds each has; 1 without any.
  private mutating func folds() -> (stages: [String], count: Int) {
    let folded = base.foldedStages.filter { stage in
      !sweep.optionNames.contains("\(stage.name).\(StageOptions.fold)")
    }
    guard let first = folded.first, let count = first.foldCount else { return ([], 1) }
    for stage in folded where sweep.optionNames.contains("\(stage.name).\(StageOptions.foldCount)")
    {
      report(.variesFolds(stage.name))
    }
    for stage in folded where stage.foldCount != count {
      report(.unequalFolds(first.name, count, stage.name, stage.foldCount ?? 1))
    }
    return (folded.map(\.name), count)
  }

  /// The first seed of each stage that learns and draws random numbers.
  ///
  /// Splits keep their seed, so that all trials are scored on the same rows.
  private mutating func seeds() -> [(stage: String, seed: Int)] {
    guard isWhole, sweep.seedCount > 1 else { return [] }
    let seeds: [(String, Int)] = base.stages.compactMap { stage in
      guard stage.kind.role == .learns else { return nil }
      for line in stage.keyLines where line.name == "seed" {
        if case .option(.integer(let seed)) = line.content { return (stage.name, seed) }
      }
      return nil
    }
    if seeds.isEmpty { report(.nothingRandom) }
    let last = Int.max - (sweep.seedCount - 1)
    let tooLarge = seeds.filter { $0.1 > last }
    for (stage, seed) in tooLarge {
      let line = base[stage]?.keyLines.first { $0.name == "seed" }
      problems.append(
        Diagnostic(.noMoreSeeds(sweep.seedCount, stage, from: seed, last: last), at: line?.place))
    }
    return tooLarge.isEmpty ? seeds : []
  }
}

extension PlannedStage {
  /// The scores that its kind says it will give.
  package var scores: [StageScore] { stage.scores }
}

extension Diagnostic.Message {
  fileprivate static func worstIsBest(
    _ objective: Objective, better: Objective.Direction
  ) -> Self {
    Self(
      "best = \"\(objective.name) \(objective.direction.rawValue)\" picks the worst point:"
        + " \(better == .min ? "lower" : "higher") \(objective.score) is better",
      remedy: "write \"\(objective.name) \(better.rawValue)\"")
  }

  fileprivate static let noObjective = Self(
    "the sweep does not say what makes a point best", remedy: "add best = \"evaluate.accuracy max\""
  )

  fileprivate static func scoresNothing(_ stage: String, among stages: [String]) -> Self {
    Self(
      "'\(stage)' gives no scores to choose the best point by",
      remedy: stages.isEmpty
        ? "add an evaluate stage" : "name one of \(stages.joined(separator: ", "))")
  }

  fileprivate static func noSuchScore(
    _ score: String, of stage: String, among names: [String]
  ) -> Self {
    Self(
      "'\(stage)' gives no score '\(score)'\(Suggestion.ending(for: score, among: names))",
      remedy: "use one of \(names.joined(separator: ", "))")
  }

  fileprivate static func noExtent(_ stages: [String]) -> Self {
    Self(
      stages.isEmpty
        ? "there is nothing to ask more of: no stage can go on from where it ended"
        : "\(stages.joined(separator: " and ")) could both be asked for more",
      remedy: stages.isEmpty
        ? "train with a schedule that does not depend on the number of epochs, such as constant"
        : "say which: halving = { by = \"\(stages[0]).epochs\" }")
  }

  fileprivate static func variesExtent(_ option: String) -> Self {
    Self(
      "\(option) varies, and halving asks for more of it",
      remedy: "leave it out of what varies, or leave halving out")
  }

  fileprivate static func nothingToHalve(_ start: Int, of whole: Int, _ option: String) -> Self {
    Self(
      "halving starts with \(start) of \(whole) \(option): there is no second round",
      remedy: "start with less, or raise \(option)")
  }

  fileprivate static func variesFolds(_ stage: String) -> Self {
    Self(
      "\(stage).folds varies, and each point holds out every fold",
      remedy: "compare one fold of each: --set \(stage).fold=1")
  }

  fileprivate static func unequalFolds(
    _ a: String, _ countA: Int, _ b: String, _ countB: Int
  ) -> Self {
    Self(
      "'\(a)' has \(Spelling.count(countA, "fold")) and '\(b)' \(countB), so that they cannot be held out together",
      remedy: "give both as many, or choose one of them: fold = 1 in [stage.\(b)]")
  }

  fileprivate static func tooManyRuns(_ points: Int, folds: Int, seeds: Int) -> Self {
    Self(
      "\(Spelling.count(points, "point")) × \(Spelling.count(folds, "fold"))"
        + " × \(Spelling.count(seeds, "seed")) are more than"
        + " \(Spelling.count(Sweep.maximumPointCount)) runs",
      remedy: "vary less, or ask for fewer folds or seeds")
  }

  fileprivate static func noMoreSeeds(
    _ count: Int, _ stage: String, from seed: Int, last: Int
  ) -> Self {
    Self(
      "'\(stage)' cannot be trained from \(count) seeds: they are counted on from \(seed), and the"
        + " largest is \(Int.max)",
      remedy: "give it, or the definition, a seed up to \(last)")
  }

  fileprivate static let nothingRandom = Self(
    "seeds has nothing to work on: no stage learns with random numbers",
    remedy: "leave seeds out")
}
