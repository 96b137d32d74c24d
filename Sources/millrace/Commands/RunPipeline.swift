import Artifacts
import Cores
import Diagnostics
import Pipelines
import Stages

/// `run`: brings stages up to date.
struct RunPipeline: Command {
  static let name = "run"
  static let summary = "run what is stale of a pipeline"
  static let usage = "FILE… [STAGE…]"
  static let places = WordPlaces([.file], rest: [.stage, .file])
  static let example = "millrace run pipelines/classify-bios.toml --set train.epochs=4"
  static let jobs = CommandOption(
    "--jobs", "N", "stages run at once; as many as cores unless given")
  static let cores = CommandOption("--cores", "N", "cores to use; all unless given")
  static let storeBudget = CommandOption(
    "--store-budget", "SIZE", "afterwards evict what is cheap to make again until the store fits")
  static let quiet = CommandOption("--quiet", "no lines for epochs, only for stages")
  static let runName = CommandOption(
    "--name", "NAME", "what `millrace runs` calls it, as in --name \"smaller vocabulary\"")
  static let verifyCommands = CommandOption(
    "--verify-commands", "run each program that runs as a stage twice and compare what it writes")
  static let options: [CommandOption] = [
    .set, .point, runName, jobs, cores, storeBudget, verifyCommands, quiet, .store, .json,
  ]

  private let arguments: ParsedArguments
  private let files: [String]
  private let stages: [String]
  private let jobs: Int
  private let cores: Int
  private let budget: StoreBudget?

  init(_ arguments: ParsedArguments) throws(Diagnostic) {
    self.arguments = arguments
    let words = try arguments.words(1...Int.max)
    files = words.filter { $0.hasSuffix(".toml") || $0.contains("/") }
    stages = words.filter { !($0.hasSuffix(".toml") || $0.contains("/")) }
    guard !files.isEmpty else { throw Diagnostic(.noDefinition(words[0])) }
    cores = try arguments.number(Self.cores, from: 1) ?? availableCores()
    jobs = try arguments.number(Self.jobs, from: 1) ?? cores
    budget = try arguments.byteCount(Self.storeBudget).map { StoreBudget(byteCount: $0) }
  }

  func run(until interruption: Interruption) throws(Diagnostic) -> ExitCode {
    let store = ArtifactStore.chosen(by: arguments)
    var plans: [Plan] = []
    for file in files { plans.append(try plan(of: file)) }
    var worst = ExitCode.fine
    for plan in plans {
      let code = try run(plan, in: store)
      if worst == .fine || code == .stageFailed { worst = code }
      if code == .stoppedAtCheckpoint { break }
    }
    return worst
  }

  private func plan(of file: String) throws(Diagnostic) -> Plan {
    let plan = try DefinitionFile(file, arguments).plan
    guard arguments.has(Self.verifyCommands) else { return plan }
    let twice = try plan.stages.filter { $0.stage is RunCommand }.map {
      (stage) throws(Diagnostic) in
      try GivenOverlay("\(stage.name).\(RunCommand.runTwice)")
    }
    return try DefinitionFile(file, arguments, also: twice).plan
  }

  private func run(_ plan: Plan, in store: ArtifactStore) throws(Diagnostic) -> ExitCode {
    let isJSON = arguments.has(.json)
    if !isJSON { ProblemList(Plan.inOrder(plan.likelyMistakes)).write(to: .errors) }
    let lines = RunLines()
    let console = RunConsole(
      plan: plan, terminal: .output, isVerbose: !arguments.has(Self.quiet))
    let runner = Runner(
      plan: plan, store: store, jobs: jobs, cores: cores, interruption: interruption,
      observer: isJSON ? lines : console,
      request: RunRequest(name: arguments.value(Self.runName)))
    let report = try runner.run(try plan.cone(of: stages))
    var isDamaged = false
    if let budget {
      isDamaged = !store.knowsWhatMustStay()
      if !isDamaged {
        let kept = try budget.keep(store)
        if isJSON { lines.line(kept.json) } else { Terminal.output.line("  \(kept.text)") }
      }
    }
    if isJSON { lines.line(report.json) } else { Terminal.output.line(Self.closing(report)) }
    if report.failed > 0 { return .stageFailed }
    if report.stopped > 0 { return .stoppedAtCheckpoint }
    return isDamaged ? .storeDamaged : .fine
  }

  /// `3 ran, 5 cached, 8.4 s; saved 41 s`.
  private static func closing(_ report: RunReport) -> String {
    var parts = ["\(report.ran) ran", "\(report.cached) cached"]
    if report.failed > 0 { parts.append("\(report.failed) failed") }
    if report.stopped > 0 { parts.append("\(report.stopped) stopped") }
    parts.append(Spelling.duration(report.seconds))
    let saved = report.savedSeconds
    return "  " + parts.joined(separator: ", ")
      + (saved >= 0.1 ? "; saved \(Spelling.duration(saved))" : "")
  }
}

extension Diagnostic.Message {
  static func noDefinition(_ word: String) -> Self {
    Self(
      "'\(word)' is no definition", remedy: "name a .toml file, as in pipelines/classify-bios.toml")
  }
}
