import Artifacts
import Cores
import Diagnostics
import Formats
import Pipelines
import Sweeps
import Views

/// `sweep`: runs a pipeline with many settings and compares them.
struct RunSweep: Command {
  static let name = "sweep"
  static let summary = "run many settings of a pipeline and find the best"
  static let usage = ChosenSweep.usage
  static let places = ChosenSweep.places
  static let example = "millrace sweep pipelines/classify-bios.toml train.learning-rate=1e-3,4e-3"
  static let details = """
    In a definition, [sweep.NAME] says what varies; all that is given is combined:
      grid = { "train.hidden" = [32, 64], … }   zip = { … } value by value   list = [{ … }, { … }]
      random = { points = 9, seed = 1, "train.dropout" = { linear = [0, 0.5] } }, or log, integer
      seeds = 3   halving = { start = 1, factor = 3 }   best = "evaluate.macro-f1 max"
    Stages that points share run once. Stopped or killed, the same command goes on. Losers keep
    scores and history, the best its model: `millrace classify FILE --point best`.
    """
  static let dryRun = CommandOption("--dry-run", "say what would be done, and do nothing")
  static let options: [CommandOption] = [
    .set, ChosenSweep.seeds, ChosenSweep.best, RunPipeline.runName, dryRun, RunPipeline.jobs,
    RunPipeline.cores, .store, .json,
  ]

  private let arguments: ParsedArguments
  private let words: [String]
  private let jobs: Int
  private let cores: Int

  init(_ arguments: ParsedArguments) throws(Diagnostic) {
    self.arguments = arguments
    words = try arguments.words(1...Int.max)
    cores = try arguments.number(RunPipeline.cores, from: 1) ?? availableCores()
    jobs = try arguments.number(RunPipeline.jobs, from: 1) ?? cores
  }

  func run(until interruption: Interruption) throws(Diagnostic) -> ExitCode {
    let plan = try ChosenSweep(words, arguments).plan
    let store = ArtifactStore.chosen(by: arguments)
    let forecast = try SweepForecast(
      of: plan, in: store, jobs: jobs, cores: cores, disposable: .standard)
    let isJSON = arguments.has(.json)
    let lines = RunLines()
    let announcement = SweepAnnouncement(plan: plan, forecast: forecast, cores: cores)
    if isJSON {
      lines.line(announcement.json)
    } else {
      ProblemList(plan.base.warnings + plan.warnings).write(to: .errors)
      for line in announcement.text { Terminal.output.line(line) }
    }
    guard !arguments.has(Self.dryRun) else { return .fine }
    let observer: any SweepObserver =
      isJSON ? SweepLines(lines) : SweepConsole(plan: plan, terminal: .output)
    let runner = SweepRunner(
      plan: plan, store: store, jobs: jobs, cores: cores, disposable: .standard,
      interruption: interruption, observer: observer,
      request: RunRequest(
        name: arguments.value(RunPipeline.runName),
        variation: ChosenSweep.variation(words, arguments, of: plan)))
    let report = try runner.run()
    let table = SweepTable(report.status, in: store)
    if isJSON {
      lines.line(.object((report.json.objectValue ?? []) + (table.json.objectValue ?? [])))
    } else {
      show(table, report)
    }
    if report.stopped > 0, report.status.points.contains(where: { $0.state == .waiting }) {
      return .stoppedAtCheckpoint
    }
    return report.status.points.contains { $0.state == .failed } ? .stageFailed : .fine
  }

  private func show(_ table: SweepTable, _ report: SweepReport) {
    let terminal = Terminal.output
    terminal.line()
    for line in table.text(width: terminal.width) { terminal.line(line) }
    for line in SweepAdvice(table, words, arguments).lines { terminal.line(line) }
    terminal.line("  " + closing(report))
  }

  /// `18 points: 16 done, 2 failed; 40 stages ran, 7 cached, 3 m 02 s`.
  private func closing(_ report: SweepReport) -> String {
    let points = report.status.points
    let states = Dictionary(grouping: points, by: \.state).mapValues(\.count)
    let parts = [SweepStatus.State.done, .dropped, .failed, .waiting].compactMap { state in
      states[state].map { "\($0) \(state.rawValue)" }
    }
    return "\(Spelling.count(points.count, "point")): \(parts.joined(separator: ", ")); "
      + "\(Spelling.count(report.ran, "stage")) ran, \(report.cached) cached, "
      + Spelling.duration(report.seconds)
  }
}

extension SweepReport {
  /// The last line of `sweep --json`, before what the table says.
  fileprivate var json: JSONValue {
    [
      "event": "finished", "ran": .integer(ran), "cached": .integer(cached),
      "failed": .integer(failed), "stopped": .integer(stopped),
      "seconds": .milliseconds(of: seconds),
    ]
  }
}
