import Artifacts
import Diagnostics
import Files
import Fixtures
import Pipelines
import Sweeps
import Synchronization
import Testing
import ToyStages

/// A pipeline that trains and measures toy models, and sweeps of it.
struct SweepWorkshop {
  static let stages = """
    seed = 7
    [stage.read]
    path = "letters.txt"
    [stage.shout]
    from = "read"
    [stage.train]
    from = "shout"
    rounds = 8
    [stage.measure]
    from = "train"

    """

  static let catalog = StageCatalog(
    ToyKinds.catalog.kinds + [
      ToyTrain.self, ToyMeasure.self, ToyFold.self, ToyParted.self, ToyRate.self,
    ])

  let workshop: Workshop
  var store: ArtifactStore { workshop.store }

  init() throws { workshop = try Workshop(files: ["letters.txt": "ab"]) }

  /// The stages without a sweep, planned.
  static func plan(file: String = "toy.toml") throws -> Plan {
    let reading = Plan.read(Array(stages.utf8), file: file, overlay: [], catalog: catalog)
    return try #require(reading.plan)
  }

  static func read(_ sweep: String, stages: String = stages) -> SweepPlan.Reading {
    read(sweep, stages: stages, file: "toy.toml")
  }

  private static func read(_ sweep: String, stages: String, file: String) -> SweepPlan.Reading {
    SweepPlan.read(Array((stages + sweep).utf8), file: file, overlay: [], catalog: catalog) {
      (plan) throws(Diagnostic) in
      guard let sweep = plan.definition.sweeps.first else {
        throw Diagnostic(Diagnostic.Message("no sweep"))
      }
      return sweep
    }
  }

  /// The plan of the only sweep; one with problems fails the test.
  func plan(_ sweep: String) throws -> SweepPlan {
    switch Self.read(sweep, stages: Self.stages, file: workshop.folder.path("toy.toml")) {
    case .plan(let plan): return plan
    case .problems(let problems): throw problems[0]
    }
  }

  /// The plan of the only sweep of other stages, or without one of their folds.
  func folds(_ stages: String, _ sweep: String = "") throws -> SweepPlan {
    let file = workshop.folder.path("folds.toml")
    let reading = SweepPlan.read(
      Array((stages + sweep).utf8), file: file, overlay: [], catalog: Self.catalog
    ) { (plan) throws(Diagnostic) in
      if let sweep = plan.definition.sweeps.first { return sweep }
      return try Sweep(arguments: [], of: plan)
    }
    switch reading {
    case .plan(let plan): return plan
    case .problems(let problems): throw problems[0]
    }
  }

  @discardableResult
  func run(
    _ plan: SweepPlan, jobs: Int = 2, cores: Int = 2, observer: SweepHeard = SweepHeard(),
    rows: RowComparison = RowComparison { _, _, _ in true }
  ) throws -> SweepReport {
    try SweepRunner(
      plan: plan, store: store, jobs: jobs, cores: cores, disposable: ToyTrain.disposable,
      rows: rows, interruption: observer.interruption, observer: observer
    ).run()
  }

  /// Whether the model of a point is in the store.
  func hasModel(_ point: SweepStatus.Point) throws -> Bool {
    try point.trials.allSatisfy { trial in
      try trial.records["train"]?.output("model").map { try store.isIntact($0.digest) } ?? false
    }
  }

  /// How many bytes of models and checkpoints are in the store.
  func disposableBytes() throws -> Int {
    let outputs = try store.recordKeys().compactMap { try store.record(for: $0) }
      .flatMap(\.outputs)
    return try Set(outputs.filter { ["model", "checkpoint"].contains($0.type) })
      .filter { try store.isIntact($0.digest) }.reduce(0) { $0 + $1.byteCount }
  }
}

/// Remembers a sweep, and may interrupt it after so many points.
final class SweepHeard: SweepObserver {
  let interruption = Interruption()
  private let stopAfter: Int?
  private let reports = Mutex<[StageReport]>([])
  private let noticed = Mutex<[String]>([])
  private let ranksHeard = Mutex<[SweepRank]>([])

  init(stopAfter: Int? = nil) { self.stopAfter = stopAfter }

  func observe(_ event: SweepEvent) {
    switch event {
    case .stage(.noticed(let problem)):
      noticed.withLock { $0.append(problem.message.problem) }
    case .stage(.ended(let report)): reports.withLock { $0.append(report) }
    case .settled(_, let rank, _, _):
      let count = ranksHeard.withLock { ranks in
        ranks.append(rank)
        return ranks.count
      }
      if count == stopAfter { interruption.request() }
    case .stage, .rung, .trial: break
    }
  }

  /// What was told of the store.
  var problems: [String] { noticed.withLock { $0 } }

  /// How each point stood when it was settled.
  var ranks: [SweepRank] { ranksHeard.withLock { $0 } }

  /// The stages that ran, by the names they have in the sweep.
  var ran: [String] {
    reports.withLock { $0.filter { $0.outcome.name == "ran" }.map(\.stage) }
  }

  /// How many rounds all trainings made together.
  var rounds: Int {
    reports.withLock { reports in
      reports.filter { $0.outcome.name == "ran" && $0.stage.hasPrefix("train") }
        .reduce(0) { $0 + (Int($1.summary) ?? 0) }
    }
  }
}

extension ArtifactType {
  static let model = Self("model")
  static let checkpoint = Self("checkpoint")
}

/// A training whose model is the better the nearer its rate is to 3; a rate over 8 diverges.
struct ToyTrain: Stage {
  static let kind = "train"
  static let version = 1
  static let manual = "a toy"
  static let role = StageRole.learns
  static let disposable = DisposableTypes(weights: [.model], state: [.checkpoint])

  let from: StageInput
  let rate: Double
  let width: Int
  let rounds: Int
  let seed: UInt64

  init(from options: inout StageOptions) {
    from = options.input("from", .text, "what to learn")
    rate = options.number("rate", default: 1, in: .from(0, through: 10), "best is 3")
    width = options.integer("width", default: 1, in: 1...9, "wider is a little better")
    let rate = rate
    _ = options.under(
      OptionCondition(rate == 2, obstacle: "rate = \(Int(rate))", remedy: "set rate = 2")
    ) { options in
      options.added { $0.integer("fine", default: 1, in: 1...2, "means something at a rate of 2") }
    }
    rounds = options.extent("rounds", default: 8, in: 1...100, isPrefixed: true, "how often")
    seed = options.seed()
  }

  var outputs: [Port] { [Port(.model), Port(.checkpoint)] }

  func run(_ work: StageWork) throws(Diagnostic) -> StageOutcome {
    let before = work.earlier?.extent ?? 0
    if before > 0, let digest = work.earlier?.outputs["checkpoint"] {
      guard try work.store.open(digest).contents.count == 1000 else { return .stopped }
    }
    work.say("round \(before + 1)")
    if rate > 8 { throw Diagnostic(Diagnostic.Message("the loss is not a finite number")) }
    let quality = 10 - abs(rate - 3) + Double(width) / 10 + Double(seed % 3) / 100
    let score = quality * Double(rounds) / Double(rounds + 1)
    work.summarise("\(rounds - before)")
    try work.commit("\(score)" + String(repeating: " ", count: 500), to: outputs[0])
    let state = "\(rate) \(width) \(rounds) \(seed)"
    try work.commit(state + String(repeating: " ", count: 1000 - state.utf8.count), to: outputs[1])
    return .finished
  }
}

/// The score of a toy model.
struct ToyMeasure: Stage {
  static let kind = "measure"
  static let version = 1
  static let manual = "a toy"
  static let role = StageRole.scores

  let from: StageInput

  init(from options: inout StageOptions) {
    from = options.input("from", .model, "what to measure")
  }

  var outputs: [Port] { [Port(.scores)] }
  var scores: [StageScore] {
    [StageScore("quality", better: .max), StageScore("letters", better: .max)]
  }

  func run(_ work: StageWork) throws(Diagnostic) -> StageOutcome {
    let text = String(decoding: try work.map(from).contents, as: UTF8.self)
    let score = Double(text.prefix { $0 != " " }) ?? .nan
    try work.commit("{\"quality\": \(score), \"letters\": 2}", to: outputs[0])
    return .finished
  }
}
