import Diagnostics
import Pipelines
import TOML

/// A planned sweep: its points, the trials of each, and how to plan the work of trials together.
package struct SweepPlan: Sendable {
  package let sweep: Sweep
  /// The definition without any point's settings.
  package let base: Plan
  package let points: [SweepPoint]
  /// A trial for each point, each fold and each seed, in this order.
  package let trials: [SweepTrial]
  /// How many folds of the rows each point holds out in turn; 1 where rows are not dealt to folds.
  package let foldCount: Int
  package let objective: Objective
  /// The extent of each rung; a single nil without halving.
  package let extents: [Int?]
  /// What is allowed but probably not meant, beside the warnings of the definition itself.
  package internal(set) var warnings: [Diagnostic] = []
  private let document: TOMLDocument
  private let catalog: StageCatalog
  private let halvedOption: (stage: String, option: String)?
  /// The stages that all trials share; nil until the trials have been planned.
  private var sharedNames: Set<String>?
  /// The first rung with all trials, as it was checked.
  private var firstRung: SweepRung?

  /// A point with one of its folds and one of its seeds.
  package struct SweepTrial: Sendable {
    /// The place of its point among `points`.
    package let point: Int
    /// Counted from 1; nil without folds.
    package let fold: Int?
    /// Nil when there is but one seed.
    package let seed: Int?
    let overlay: [GivenOverlay]
    /// `3` for the third point, `3.2` for its second fold or seed, `3.2.1` for a fold's first seed.
    package let label: String
  }
}

/// One round of a sweep: the runs that are still in it, given the same amount of work.
package struct SweepRung: Sendable {
  /// The extent of this rung; nil without halving.
  package let extent: Int?
  /// Places among the sweep's trials.
  package let trials: [Int]
  /// The stages of all trials; those that trials share are in it once.
  package let plan: Plan
  /// For each trial the places of its stages in `plan`.
  package let stages: [[Int]]

  /// The stages whose results several trials use.
  package var sharedStageCount: Int { userCounts.count { $0 > 1 } }

  private var userCounts: [Int] {
    stages.joined().reduce(into: Array(repeating: 0, count: plan.stages.count)) { $0[$1] += 1 }
  }
}

extension SweepPlan {
  /// What reading a sweep gave: its plan, or every problem found in one pass.
  package enum Reading: Sendable {
    case plan(SweepPlan)
    case problems([Diagnostic])
  }

  /// Plans a sweep of a definition.
  ///
  /// - Parameters:
  ///   - overlay: options of the command line; a point's own settings win over them.
  ///   - choose: picks or makes the sweep, from what the definition has.
  package static func read(
    _ bytes: [UInt8], file: String, overlay: [GivenOverlay], catalog: StageCatalog,
    choose: (Plan) throws(Diagnostic) -> Sweep
  ) -> Reading {
    switch Plan.read(bytes, file: file, overlay: overlay, catalog: catalog) {
    case .problems(let problems): return .problems(problems)
    case .plan(let base):
      do throws(Diagnostic) {
        let document = try TOMLDocument.parse(bytes, file: file)
        let sweep = try choose(base)
        var reader = SweepPlanner(sweep, base: base, document: document, catalog: catalog)
        return reader.read()
      } catch { return .problems([error]) }
    }
  }

  init(
    _ sweep: Sweep, base: Plan, points: [SweepPoint], trials: [SweepTrial], foldCount: Int,
    objective: Objective, extents: [Int?], halvedOption: (stage: String, option: String)?,
    document: TOMLDocument, catalog: StageCatalog
  ) {
    self.sweep = sweep
    self.base = base
    self.points = points
    self.trials = trials
    self.foldCount = foldCount
    self.objective = objective
    self.extents = extents
    self.halvedOption = halvedOption
    self.document = document
    self.catalog = catalog
  }

  /// What belongs to the trials of a point, fold by fold.
  package func byFold<Element>(_ all: [Element]) -> [[Element]] {
    let count = all.count / foldCount
    return (0..<foldCount).map { Array(all[($0 * count)..<(($0 + 1) * count)]) }
  }

  /// What halving asks more of: `train.epochs`; nil without halving.
  package var extentName: String? { halvedOption.map { "\($0.stage).\($0.option)" } }

  /// Plans the first and the last rung, and finds out what all points have in common.
  ///
  /// - Returns: the problems that points have.
  mutating func check() -> [Diagnostic] {
    let all = Array(trials.indices)
    let first = rungOrProblems(0, trials: all)
    firstRung = first.rung
    sharedNames = Set(first.rung.plan.stages.filter { $0.trial == nil }.map(\.name))
    guard extents.count > 1 else { return first.problems }
    return first.problems + rungOrProblems(extents.count - 1, trials: all).problems
  }

  /// The work of some trials to one of the extents.
  package func rung(_ number: Int, trials chosen: [Int]) -> SweepRung {
    if number == 0, let firstRung, firstRung.trials == chosen { return firstRung }
    let (rung, problems) = rungOrProblems(number, trials: chosen)
    precondition(problems.isEmpty, "a rung that was checked has \(problems.count) problems")
    return rung
  }

  /// The work of some trials to one of the extents, and the problems that planning it finds.
  func rungOrProblems(
    _ number: Int, trials chosen: [Int]
  ) -> (rung: SweepRung, problems: [Diagnostic]) {
    var problems = PointProblems()
    let reader = PointReader(of: base.definition, in: document)
    let planner = Planner(base.definition, catalog: catalog)
    var stages: [[Int]] = []
    let first = chosen.first.map { trials[$0].overlay } ?? []
    for trial in chosen {
      let overlay = trials[trial].overlay
      let (definition, found) = reader.definition(with: overlay + extent(of: number))
      let known = planner.problems.count
      stages.append(planner.plan(definition, changing: Self.stages(of: first + overlay)))
      problems.add(found + planner.problems[known...], of: points[trials[trial].point])
    }
    let plan = Plan(
      definition: base.definition, sweep: sweep.name,
      stages: named(planner.stages, usedBy: stages, of: chosen, in: number))
    let rung = SweepRung(extent: extents[number], trials: chosen, plan: plan, stages: stages)
    return (rung, problems.all(among: points))
  }

  /// The stages that settings are of; nil when one is of all stages.
  private static func stages(of settings: [GivenOverlay]) -> Set<String>? {
    let names = settings.map(\.stage)
    return names.contains(nil) ? nil : Set(names.compactMap(\.self))
  }

  private func extent(of rung: Int) -> [GivenOverlay] {
    guard let halvedOption, let extent = extents[rung] else { return [] }
    return [.made(by: sweep, stage: halvedOption.stage, option: halvedOption.option, extent)]
  }

  /// Names of their own for stages that not all trials use: `train@3` belongs to the third point,
  /// `train@3/2` to it with an extent of 2.
  private func named(
    _ planned: [PlannedStage], usedBy stages: [[Int]], of chosen: [Int], in rung: Int
  ) -> [PlannedStage] {
    var owners: [Int: Int] = [:]
    for (trial, used) in zip(chosen, stages) {
      for stage in used where owners[stage] == nil { owners[stage] = trial }
    }
    let counts = Dictionary(grouping: planned, by: \.name).mapValues(\.count)
    let ending = extents[rung].map { "/\($0)" } ?? ""
    return planned.map { stage in
      let isShared = sharedNames?.contains(stage.name) ?? (counts[stage.name] == 1)
      guard !isShared, let owner = owners[stage.index] else { return stage }
      return stage.belonging(toTrial: "\(trials[owner].label)\(ending)")
    }
  }
}

extension GivenOverlay {
  /// A setting made by a sweep; problems with it point at the sweep.
  static func made(by sweep: Sweep, stage: String, option: String, _ value: Int) -> GivenOverlay {
    GivenOverlay(
      stage: stage, at: sweep.range,
      option: GivenOption(
        name: option, nameRange: sweep.range,
        node: TOMLNode(.integer(Int64(value)), at: sweep.range), source: sweep.source))
  }
}
