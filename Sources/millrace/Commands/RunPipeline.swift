import Artifacts
import Cores
import Diagnostics
import Executors
import Pipelines
import Stages
import Sweeps
import TOML

/// `run`: brings stages up to date.
struct RunPipeline: Command {
  static let name = "run"
  static let summary = "run what is stale of a pipeline"
  static let usage = "FILE… [STAGE…]"
  static let places = WordPlaces([.file], rest: [.stage, .file])
  static let example = "millrace run pipelines/classify-bios.toml --set train.epochs=4"
  static let details = """
    A definition that says test = "final" keeps the stages that score its part test for the end: they
    are run, and shown, only with --final, and it is counted how often that was asked for.
    Of a definition that deals rows to folds (`folds = 10` on split), each fold is held out in turn, and
    the table of them is shown; --set split.fold=3 holds out that one alone. A STAGE is run for the
    first fold. While a model is trained, * marks each epoch that is the best so far.
    """
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
  static let options: [CommandOption] =
    [
      .set, .point, .final, runName, jobs, cores,
    ] + ExecutorChoice.options + [storeBudget, verifyCommands, quiet, .store, .cache, .json]

  let arguments: ParsedArguments
  private let files: [String]
  private let stages: [String]
  private let givenJobs: Int?
  private let givenCores: Int?
  private let onlyPrints: Bool
  private let budget: StoreBudget?

  init(_ arguments: ParsedArguments) throws(Diagnostic) {
    self.arguments = arguments
    let words = try arguments.words(1...Int.max)
    files = words.filter { $0.hasSuffix(".toml") || $0.contains("/") }
    stages = words.filter { !($0.hasSuffix(".toml") || $0.contains("/")) }
    guard !files.isEmpty else { throw Diagnostic(.noDefinition(words[0])) }
    givenCores = try arguments.number(Self.cores, from: 1)
    givenJobs = try arguments.number(Self.jobs, from: 1)
    onlyPrints = arguments.has(ExecutorChoice.printJobs)
    budget = try arguments.byteCount(Self.storeBudget).map { StoreBudget(byteCount: $0) }
  }

  private var cores: Int { givenCores ?? availableCores() }
  private var jobs: Int { givenJobs ?? cores }

  func run(until interruption: Interruption) throws(Diagnostic) -> ExitCode {
    guard !arguments.has(ExecutorChoice.cancel) else {
      return try CancelledJobs(of: files, arguments).cancel(until: interruption)
    }
    let store = try ArtifactStore.cached(chosenBy: arguments)
    let question = try question(in: store)
    if let question, let code = try repeatUpToDateRun(answering: question, in: store) {
      return code
    }
    var opened: [DefinitionFile] = []
    for file in files { opened.append(try open(file, read: question?.source.bytes)) }
    if arguments.has(ExecutorChoice.detach), !onlyPrints {
      guard opened.count == 1, budget == nil else { throw Diagnostic(.detachesOne) }
      return try detach(opened[0].plan.definition, in: store, until: interruption)
    }
    var worst = ExitCode.fine
    for file in opened {
      let code =
        try isOfFolds(file)
        ? runFolds(of: file, in: store) : run(file.plan, in: store, answering: question)
      if worst == .fine || code == .stageFailed { worst = code }
      if code == .stoppedAtCheckpoint { break }
    }
    return worst
  }

  private func isOfFolds(_ file: DefinitionFile) -> Bool {
    stages.isEmpty && !file.plan.foldedStages.isEmpty
  }

  private func open(
    _ file: String, read bytes: [UInt8]? = nil
  ) throws(Diagnostic) -> DefinitionFile {
    let opened = try DefinitionFile(file, arguments, read: bytes)
    guard arguments.has(Self.verifyCommands) else { return opened }
    let twice = try opened.plan.stages.filter { $0.stage is RunCommand }.map {
      (stage) throws(Diagnostic) in
      try GivenOverlay("\(stage.name).\(RunCommand.runTwice)")
    }
    return try DefinitionFile(file, arguments, also: twice)
  }

  /// Holds out each fold in turn.
  private func runFolds(
    of file: DefinitionFile, in store: ArtifactStore
  ) throws(Diagnostic) -> ExitCode {
    let (plan, execution) = try execution(ofFolds: file, in: store)
    if !arguments.has(.json), !onlyPrints {
      ProblemList(Plan.inOrder(plan.base.likelyMistakes)).write(to: .errors)
    }
    guard !onlyPrints else { return try execution.printJobs(until: interruption) }
    let report = try execution.run(until: interruption)
    try store.countLook(at: plan.base)
    let isSound = try keepBudget(of: store, RunLines())
    let code = try execution.show(report)
    return isSound || code != .fine ? code : .storeDamaged
  }

  private func execution(
    ofFolds file: DefinitionFile, in store: ArtifactStore
  ) throws(Diagnostic) -> (plan: SweepPlan, execution: SweepExecution) {
    let plan = try ChosenSweep(foldsOf: file).plan
    let words = [plan.base.definition.path]
    return (plan, SweepExecution(plan, words, arguments, store, jobs: jobs, cores: cores))
  }

  private func run(
    _ plan: Plan, in store: ArtifactStore, answering question: RunQuestion?
  ) throws(Diagnostic) -> ExitCode {
    let isJSON = arguments.has(.json)
    let wanted = try plan.cone(of: stages)
    guard !onlyPrints else { return try printJobs(of: plan, wanted, in: store) }
    if !isJSON { ProblemList(Plan.inOrder(plan.likelyMistakes)).write(to: .errors) }
    let lines = RunLines()
    let observer: any RunObserver = isJSON ? lines : console(of: plan, in: store)
    let choice = try ExecutorChoice(arguments, plan.definition, in: store)
    let runner = Runner(
      plan: plan, store: store, jobs: choice.jobs(jobs), cores: cores,
      interruption: interruption, observer: observer,
      request: RunRequest(
        name: arguments.value(Self.runName), question: choice.isOfThreads ? question : nil),
      executor: try choice.executor(
        in: store, keepsStateOfFailures: true, until: interruption, tell: observer.observe))
    let report = try runner.run(wanted)
    try store.countLook(at: plan)
    return try end(report, of: plan.definition.path, in: store, lines)
  }

  /// Says how a run of a definition ended.
  private func end(
    _ report: RunReport, of path: String, in store: ArtifactStore, _ lines: RunLines
  ) throws(Diagnostic) -> ExitCode {
    if report.failed == 0, report.stopped == 0 {
      DetachedLook.takeAwayDone(of: path, in: store)
    }
    let isSound = try keepBudget(of: store, lines)
    if arguments.has(.json) {
      lines.line(report.json)
    } else {
      Terminal.output.line(Self.closing(report))
    }
    if report.failed > 0 { return .stageFailed }
    if report.stopped > 0 { return .stoppedAtCheckpoint }
    return isSound ? .fine : .storeDamaged
  }

  /// Shows the run to a person.
  private func console(of plan: Plan, in store: ArtifactStore) -> RunConsole {
    RunConsole(
      plan: plan, terminal: .output, isVerbose: !arguments.has(Self.quiet)
    ) { [cores] stage in
      // What cannot be read is told of by the run itself.
      let forecast = (try? RunForecast(of: [stage], in: store, cores: cores)) ?? nil
      return forecast.flatMap { $0.isNotable ? $0.words(cores: cores) : nil }
    }
  }

  /// Orders the stages that could begin now, and prints what would carry them out.
  private func printJobs(
    of plan: Plan, _ wanted: Set<Int>, in store: ArtifactStore
  ) throws(Diagnostic) -> ExitCode {
    try ExecutorChoice(arguments, plan.definition, in: store).printJobs(
      in: store, keepsStateOfFailures: true
    ) { (executor) throws(Diagnostic) in
      try Runner(
        plan: plan, store: store, jobs: PrintingExecutor.jobs, cores: cores,
        interruption: interruption, observer: JobProblems(), executor: executor
      ).run(wanted).failed
    }
  }

  /// Evicts what `--store-budget` asks for.
  ///
  /// - Returns: false where it is not known what must stay, so that nothing was evicted.
  private func keepBudget(of store: ArtifactStore, _ lines: RunLines) throws(Diagnostic) -> Bool {
    guard let budget else { return true }
    guard store.knowsWhatMustStay() else { return false }
    let kept = try budget.keep(store)
    if arguments.has(.json) {
      lines.line(kept.json)
    } else {
      Terminal.output.line("  \(kept.text)")
    }
    return true
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

extension RunPipeline {
  /// Options with which a run may be known to have nothing to do before it is planned.
  private static let plainOptions: [CommandOption] = [
    .set, runName, jobs, cores, storeBudget, quiet, .store, .cache, .json,
  ]

  /// What is asked; nil where it takes a plan to know.
  private func question(in store: ArtifactStore) throws(Diagnostic) -> RunQuestion? {
    guard files.count == 1, arguments.heldDefinition == nil, arguments.hasOnly(Self.plainOptions),
      !JobOwner.isDetached(files[0], in: store)
    else { return nil }
    // What is wrong with settings is told first.
    _ = try DefinitionFile.setOverlay(arguments)
    return RunQuestion(
      path: files[0], definition: try DefinitionFile.contents(of: files[0], arguments),
      settings: arguments.values(.set), stages: stages,
      files: ExecutorChoice.ownFile.map { [$0] } ?? [])
  }

  /// Does a run that is known to have nothing to do.
  ///
  /// - Returns: nil where it is not, and nothing was told.
  private func repeatUpToDateRun(
    answering question: RunQuestion, in store: ArtifactStore
  ) throws(Diagnostic) -> ExitCode? {
    guard let run = UpToDateRun(answering: question, in: store) else { return nil }
    let lines = RunLines()
    let report = try run.repeated(
      in: store, request: RunRequest(name: arguments.value(Self.runName)),
      interruption: interruption
    ) {
      guard !arguments.has(.json) else { return lines }
      ProblemList(run.likelyMistakes).write(to: .errors)
      return RunConsole(ofNothingToDo: run.nameWidth, terminal: .output)
    }
    guard let report else { return nil }
    return try end(report, of: files[0], in: store, lines)
  }
}

extension RunPipeline: DetachableCommand {
  func look(
    for detachment: Detachment, until interruption: Interruption
  ) throws(Diagnostic) -> ExitCode {
    let store = try ArtifactStore.cached(chosenBy: arguments)
    let file = try open(files[0])
    guard !isOfFolds(file) else {
      return try execution(ofFolds: file, in: store).execution.look(
        for: detachment, until: interruption)
    }
    let wanted = try file.plan.cone(of: stages)
    let choice = try ExecutorChoice(arguments, file.plan.definition, in: store)
    return try DetachedLook(detachment, arguments, choice, in: store).carryOut(
      keepsStateOfFailures: true, until: interruption
    ) { (executor) throws(Diagnostic) in
      try Runner(
        plan: file.plan, store: store, jobs: choice.jobs(jobs), cores: cores,
        interruption: interruption, observer: JobProblems(),
        request: RunRequest(
          name: arguments.value(Self.runName), goesOn: !arguments.has(ExecutorChoice.detach)),
        executor: executor
      ).run(wanted).failed
    }
  }

  func isDone(in store: ArtifactStore) throws(Diagnostic) -> Bool {
    let file = try open(files[0])
    guard !isOfFolds(file) else {
      return try SweepStatus(of: ChosenSweep(foldsOf: file).plan, in: store).isComplete
    }
    let wanted = try file.plan.cone(of: stages)
    return try Assessment(of: file.plan, in: store, only: wanted).stages.allSatisfy { stage in
      stage.state == .cached || !wanted.contains(stage.planned.index)
    }
  }
}

extension RunForecast {
  /// `about 1 m 20 s on 2 cores, as records of similar work tell`.
  func words(cores: Int) -> String {
    "about \(Spelling.duration(seconds)) on \(Spelling.count(cores, "core")),"
      + " as records of similar work tell"
  }
}

extension Diagnostic.Message {
  fileprivate static let detachesOne = Self(
    "--detach takes one definition, and no --store-budget", remedy: "detach each by itself")

  static func noDefinition(_ word: String) -> Self {
    Self(
      "'\(word)' is no definition", remedy: "name a .toml file, as in pipelines/classify-bios.toml")
  }
}
