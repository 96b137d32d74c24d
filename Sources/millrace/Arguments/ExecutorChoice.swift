import Artifacts
import Diagnostics
import Executors
import Files
import Glibc
import Pipelines
import Sweeps
import TOML

/// Where the stages of a run are carried out, as the command line, the definition and a person's own
/// file say; the first of them that says something counts.
struct ExecutorChoice {
  static let executor = CommandOption(
    "--executor", ExecutorName.self, "where stages are carried out; local unless given")
  static let isolate = CommandOption(
    "--isolate", "each stage in a process of its own, whose crash ends no other")
  static let printJobs = CommandOption(
    "--print-jobs", "print what would carry out the stages that could begin; run none")

  static let detach = CommandOption(
    "--detach", "submit what can begin and return; jobs start what follows")
  static let cancel = CommandOption("--cancel", "end all jobs of the definition; run nothing")
  /// Those that commands have which run stages.
  static let options = [executor, isolate, detach, cancel, printJobs]

  private let isIsolated: Bool
  private let table: ExecutorTable
  private let name: ExecutorName

  /// Of a definition with a detached run, jobs are waited for unless something else is said.
  init(
    _ arguments: ParsedArguments, _ definition: Definition, in store: ArtifactStore
  ) throws(Diagnostic) {
    isIsolated = arguments.has(Self.isolate)
    table = definition.executor.over(try Self.ownTable())
    name =
      try arguments.choice(Self.executor) ?? table.kind
      ?? (JobOwner.isDetached(definition.path, in: store) ? .slurm : .local)
    guard !arguments.has(Self.detach) || name == .slurm else { throw Diagnostic(.cannotDetach) }
  }

  /// Whether stages are carried out by threads of this process.
  var isOfThreads: Bool { name == .local && !isIsolated }

  /// How many stages may be under way at once, where so many are asked for.
  func jobs(_ jobs: Int) -> Int { name == .slurm ? PrintingExecutor.jobs : jobs }

  /// Nil for threads of this process.
  ///
  /// - Parameters:
  ///   - keepsStateOfFailures: whether checkpoints of failed stages stay.
  ///   - detachment: the look at a detached run that the executor is for; nil where it is waited for.
  ///   - tell: is told what happens to stages elsewhere.
  func executor(
    in store: ArtifactStore, keepsStateOfFailures: Bool, until interruption: Interruption,
    _ detachment: Detachment? = nil, tell: @escaping @Sendable (RunEvent) -> Void
  ) throws(Diagnostic) -> (any Executor)? {
    let program = try WorkProgram(for: store)
    switch name {
    case .local where isIsolated:
      return IsolatedExecutor(
        program: program, store: store, keepsStateOfFailures: keepsStateOfFailures,
        interruption: interruption, tell: tell)
    case .local: return nil
    case .slurm:
      return SlurmExecutor(
        program: program, store: store, client: try Self.slurm(), settings: ClusterSettings(table),
        keepsStateOfFailures: keepsStateOfFailures, interruption: interruption,
        detachment: detachment, tell: tell)
    }
  }

  /// The commands of Slurm.
  ///
  /// - Throws: where they are not installed.
  static func slurm() throws(Diagnostic) -> SlurmClient {
    let client = SlurmClient()
    guard client.isInstalled else { throw Diagnostic(.noSlurm) }
    return client
  }

  /// Ends the look at a detached run.
  ///
  /// - Parameter isWhole: whether the look was not stopped.
  /// - Returns: how many jobs have stages of it.
  func end(
    _ detachment: Detachment, in store: ArtifactStore, isWhole: Bool, tell: (RunEvent) -> Void
  ) throws(Diagnostic) -> Int {
    try detachment.end(
      try WorkProgram(for: store), ClusterSettings(table), SlurmClient(), isWhole: isWhole,
      tell: tell)
  }

  /// Prints what would carry out what a run has ordered.
  ///
  /// - Parameter run: runs with the executor, and returns how many stages failed.
  func printJobs(
    in store: ArtifactStore, keepsStateOfFailures: Bool,
    _ run: (any Executor) throws(Diagnostic) -> Int
  ) throws(Diagnostic) -> ExitCode {
    let printer = PrintingExecutor(
      program: try WorkProgram(for: store), store: store,
      keepsStateOfFailures: keepsStateOfFailures)
    let failed = try run(printer)
    let lines =
      name == .slurm ? try printer.slurmLines(ClusterSettings(table)) : printer.lines
    for line in lines { Terminal.output.line(line) }
    return failed > 0 ? .stageFailed : .fine
  }

  /// The path of `millrace/executor.toml` in the folder of a person's configuration.
  static var ownFile: String? {
    let folder =
      Environment.value("XDG_CONFIG_HOME") ?? Environment.value("HOME").map { "\($0)/.config" }
    return folder.map { "\($0)/millrace/executor.toml" }
  }

  /// What a person's own file says.
  ///
  /// A folder that may not be looked into, as another user's, has none.
  private static func ownTable() throws(Diagnostic) -> ExecutorTable {
    guard let path = ownFile, unsafe access(path, F_OK) == 0,
      let bytes = try FileBytes.read(path, in: SystemFiles())
    else { return ExecutorTable() }
    let document = try TOMLDocument.parse(bytes, file: path)
    var reader = ResourceReader(source: document.source)
    let table = reader.executor(document.root)
    if let problem = reader.problems.first { throw problem }
    return table
  }
}

/// Tells only of problems, on standard error: what is printed is for other programs.
struct JobProblems: RunObserver, SweepObserver {
  func observe(_ event: RunEvent) {
    switch event {
    case .noticed(let problem): Terminal.errors.tell(problem)
    case .ended(let report):
      if case .failed(let problem) = report.outcome { Terminal.errors.tell(problem) }
    case .started, .progressed, .said: break
    }
  }

  func observe(_ event: SweepEvent) {
    if case .stage(let event) = event { observe(event) }
  }
}

extension Diagnostic.Message {
  fileprivate static let cannotDetach = Self(
    "only jobs of a cluster go on without this process",
    remedy: "add --executor slurm, or keep the process running: nohup millrace run …")

  fileprivate static let noSlurm = Self(
    "Slurm's command sbatch is not on the PATH", remedy: "run where it is, or with --executor local"
  )
}
