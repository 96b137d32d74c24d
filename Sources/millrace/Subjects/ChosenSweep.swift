import Artifacts
import Diagnostics
import Pipelines
import Stages
import Sweeps
import Views

/// The sweep that a command's words name: one of the definition's, or a grid written out.
struct ChosenSweep {
  static let usage = "FILE [SWEEP | STAGE.OPTION=VALUE,VALUE…]"
  static let places = WordPlaces([.file], [.sweep, .setting], rest: [.setting])
  static let seeds = CommandOption("--seeds", "N", "train each point, or each fold, from N seeds")
  static let best = CommandOption(
    "--best", "\"STAGE.SCORE max|min\"", .score,
    "what makes a point best; else as the sweep says")

  let plan: SweepPlan

  /// - Throws: the last of the definition's or the sweep's problems; the others are shown already.
  init(_ words: [String], _ arguments: ParsedArguments) throws(Diagnostic) {
    switch try Self.reading(words, arguments) {
    case .plan(let plan): self.plan = plan
    case .problems(let problems): throw DefinitionFile.shown(problems)
    }
  }

  /// The plan of the sweep, or every problem it has.
  static func reading(
    _ words: [String], _ arguments: ParsedArguments
  ) throws(Diagnostic) -> SweepPlan.Reading {
    let overlay = try DefinitionFile.setOverlay(arguments)
    let bytes = try DefinitionFile.contents(of: words[0], arguments)
    let seedCount = try arguments.number(Self.seeds, from: 1)
    return SweepPlan.read(bytes, file: words[0], overlay: overlay, catalog: .standard) {
      (plan) throws(Diagnostic) in
      var sweep = try Self.sweep(Array(words.dropFirst()), of: plan, hasSeeds: seedCount != nil)
      if let seedCount { sweep.seedCount = seedCount }
      if let best = arguments.value(Self.best) { try sweep.choose(best: best, of: plan) }
      return sweep
    }
  }

  /// The folds of an opened definition, with its settings.
  init(foldsOf opened: DefinitionFile) throws(Diagnostic) {
    let reading = SweepPlan.read(
      opened.bytes, file: opened.plan.definition.path, overlay: opened.overlay, catalog: .standard
    ) { (plan) throws(Diagnostic) in try Sweep(arguments: [], of: plan) }
    switch reading {
    case .plan(let plan): self.plan = plan
    case .problems(let problems): throw DefinitionFile.shown(problems)
    }
  }

  static func sweep(
    _ words: [String], of plan: Plan, hasSeeds: Bool
  ) throws(Diagnostic) -> Sweep {
    let sweeps = plan.definition.sweeps
    let hasFolds = !plan.foldedStages.isEmpty
    if hasFolds, words == [Sweep.ofFolds], !sweeps.contains(where: { $0.name == words[0] }) {
      return try Sweep(arguments: [], of: plan)
    }
    guard let word = words.first else {
      if sweeps.count == 1 { return sweeps[0] }
      if sweeps.isEmpty, hasSeeds || hasFolds { return try Sweep(arguments: [], of: plan) }
      throw Diagnostic(sweeps.isEmpty ? .noSweep(plan) : .severalSweeps(sweeps.map(\.name)))
    }
    if words.count == 1, !word.contains("=") {
      guard let sweep = sweeps.first(where: { $0.name == word }) else {
        throw Diagnostic(.unknownSweep(word, among: sweeps.map(\.name)))
      }
      return sweep
    }
    return try Sweep(arguments: words, of: plan)
  }
}

extension ChosenSweep {
  /// How a sweep was written on the command line; nil for one of the definition's own.
  static func variation(
    _ words: [String], _ arguments: ParsedArguments, of plan: SweepPlan
  ) -> WrittenVariation? {
    guard !plan.base.definition.sweeps.contains(where: { $0.name == plan.sweep.name }) else {
      return nil
    }
    return WrittenVariation(
      words: Array(words.dropFirst()), seeds: arguments.value(seeds), best: arguments.value(best))
  }

  /// The words and options of a command that names a definition only, completed by the sweep that
  /// was last written out for it; as they are where the definition has sweeps, or none was run.
  static func completed(
    _ words: [String], _ arguments: ParsedArguments, in store: ArtifactStore
  ) throws(Diagnostic) -> (words: [String], arguments: ParsedArguments) {
    guard words.count == 1, arguments.value(seeds) == nil,
      try DefinitionFile(words[0], arguments).plan.definition.sweeps.isEmpty
    else { return (words, arguments) }
    let path = DefinitionRoot.canonical(words[0])
    guard let variation = try RunHistory.lastVariation(of: path, in: store) else {
      return (words, arguments)
    }
    var completed = arguments
    if let given = variation.seeds { completed = completed.replacing(seeds, with: [given]) }
    if arguments.value(best) == nil, let given = variation.best {
      completed = completed.replacing(best, with: [given])
    }
    return (words + variation.words, completed)
  }
}

extension Diagnostic.Message {
  fileprivate static func noSweep(_ plan: Plan) -> Self {
    Self(
      "'\(plan.definition.path)' has no sweep",
      remedy: "add [sweep.NAME], or say what varies: train.learning-rate=0.025,0.25")
  }

  fileprivate static func severalSweeps(_ names: [String]) -> Self {
    Self("the definition has several sweeps", remedy: "name one: \(names.joined(separator: ", "))")
  }

  static func unknownSweep(_ name: String, among names: [String]) -> Self {
    Self(
      "there is no sweep '\(name)'\(Suggestion.ending(for: name, among: names))",
      remedy: names.isEmpty
        ? "add [sweep.\(name)], or say what varies: train.learning-rate=0.025,0.25"
        : "the definition has \(names.joined(separator: ", "))")
  }
}
