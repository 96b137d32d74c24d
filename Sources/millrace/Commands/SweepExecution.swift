import Artifacts
import Diagnostics
import Executors
import Formats
import Pipelines
import Sweeps
import Views

/// A planned sweep that a command runs and shows: `sweep`, and `run` of a definition with folds.
struct SweepExecution {
  private let plan: SweepPlan
  /// The words that name the definition and the sweep.
  private let words: [String]
  private let arguments: ParsedArguments
  private let store: ArtifactStore
  private let jobs: Int
  private let cores: Int

  init(
    _ plan: SweepPlan, _ words: [String], _ arguments: ParsedArguments, _ store: ArtifactStore,
    jobs: Int, cores: Int
  ) {
    self.plan = plan
    self.words = words
    self.arguments = arguments
    self.store = store
    self.jobs = jobs
    self.cores = cores
  }

  /// Runs what is left of it.
  func run(until interruption: Interruption) throws(Diagnostic) -> SweepReport {
    let observer: any SweepObserver =
      arguments.has(.json)
      ? SweepLines(RunLines(), rankedBy: plan.objective)
      : SweepConsole(plan: plan, terminal: .output)
    let choice = try ExecutorChoice(arguments, plan.base.definition, in: store)
    let executor = try choice.executor(
      in: store, keepsStateOfFailures: false, until: interruption
    ) { observer.observe(.stage($0)) }
    let report = try runner(
      observer, jobs: choice.jobs(jobs), executor, until: interruption
    ).run()
    if report.status.isComplete {
      DetachedLook.takeAwayDone(of: plan.base.definition.path, in: store)
    }
    return report
  }

  /// Prints what would carry out the stages that could begin now.
  func printJobs(until interruption: Interruption) throws(Diagnostic) -> ExitCode {
    try ExecutorChoice(arguments, plan.base.definition, in: store).printJobs(
      in: store, keepsStateOfFailures: false
    ) { (executor) throws(Diagnostic) in
      try runner(JobProblems(), jobs: PrintingExecutor.jobs, executor, until: interruption)
        .run().failed
    }
  }

  /// Submits what can begin of it as a detached run.
  func look(
    for detachment: Detachment, until interruption: Interruption
  ) throws(Diagnostic) -> ExitCode {
    let choice = try ExecutorChoice(arguments, plan.base.definition, in: store)
    return try DetachedLook(detachment, arguments, choice, in: store).carryOut(
      keepsStateOfFailures: false, until: interruption
    ) { (executor) throws(Diagnostic) in
      try runner(
        JobProblems(), jobs: choice.jobs(jobs), executor, until: interruption,
        goesOn: !arguments.has(ExecutorChoice.detach)
      ).run().failed
    }
  }

  private func runner(
    _ observer: any SweepObserver, jobs: Int, _ executor: (any Executor)?,
    until interruption: Interruption, goesOn: Bool = false
  ) -> SweepRunner {
    SweepRunner(
      plan: plan, store: store, jobs: jobs, cores: cores, disposable: .standard,
      rows: .standard, interruption: interruption, observer: observer,
      request: RunRequest(
        name: arguments.value(RunPipeline.runName),
        variation: ChosenSweep.variation(words, arguments, of: plan), goesOn: goesOn),
      executor: executor)
  }

  /// Shows how it came out, with its table.
  func show(_ report: SweepReport) throws(Diagnostic) -> ExitCode {
    let table = try SweepTable(report.status, in: store)
    if arguments.has(.json) {
      RunLines().line(.object((report.json.objectValue ?? []) + (table.json.objectValue ?? [])))
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
    for line in SweepAdvice(table, words, arguments).lines(width: terminal.width) {
      terminal.line(line)
    }
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
