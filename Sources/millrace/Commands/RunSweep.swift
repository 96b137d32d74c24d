import Artifacts
import Cores
import Diagnostics
import Executors
import Pipelines
import Sweeps

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
    With `folds = 10` on split each point holds out every fold; the sweep called folds does that alone.
    """
  static let dryRun = CommandOption("--dry-run", "say what would be done, and do nothing")
  static let options: [CommandOption] =
    [
      .set, .final, ChosenSweep.seeds, ChosenSweep.best, RunPipeline.runName, dryRun,
      RunPipeline.jobs,
      RunPipeline.cores,
    ] + ExecutorChoice.options + [.store, .cache, .json]

  let arguments: ParsedArguments
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
    guard !arguments.has(ExecutorChoice.cancel) else {
      return try CancelledJobs(of: [words[0]], arguments).cancel(until: interruption)
    }
    let plan = try ChosenSweep(words, arguments).plan
    let store = try ArtifactStore.cached(chosenBy: arguments)
    let execution = SweepExecution(plan, words, arguments, store, jobs: jobs, cores: cores)
    guard !arguments.has(ExecutorChoice.printJobs) else {
      return try execution.printJobs(until: interruption)
    }
    guard !arguments.has(ExecutorChoice.detach) else {
      return try detach(plan.base.definition, in: store, until: interruption)
    }
    let forecast = try SweepForecast(
      of: plan, in: store, jobs: jobs, cores: cores, disposable: .standard)
    let isJSON = arguments.has(.json)
    let announcement = SweepAnnouncement(plan: plan, forecast: forecast, cores: cores)
    if isJSON {
      RunLines().line(announcement.json)
    } else {
      ProblemList(plan.base.warnings + plan.warnings).write(to: .errors)
      for line in announcement.lines { Terminal.output.line(line.heading, line.text) }
    }
    guard !arguments.has(Self.dryRun) else { return .fine }
    let report = try execution.run(until: interruption)
    try store.countLook(at: plan.base)
    return try execution.show(report)
  }
}

extension RunSweep: DetachableCommand {
  func look(
    for detachment: Detachment, until interruption: Interruption
  ) throws(Diagnostic) -> ExitCode {
    let plan = try ChosenSweep(words, arguments).plan
    let store = try ArtifactStore.cached(chosenBy: arguments)
    return try SweepExecution(plan, words, arguments, store, jobs: jobs, cores: cores).look(
      for: detachment, until: interruption)
  }

  func isDone(in store: ArtifactStore) throws(Diagnostic) -> Bool {
    try SweepStatus(of: ChosenSweep(words, arguments).plan, in: store).isComplete
  }
}
