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

  private let isIsolated: Bool
  private let table: ExecutorTable
  private let name: ExecutorName

  init(_ arguments: ParsedArguments, _ definition: Definition) throws(Diagnostic) {
    isIsolated = arguments.has(Self.isolate)
    table = definition.executor.over(try Self.ownTable())
    name = try arguments.choice(Self.executor) ?? table.kind ?? .local
  }

  /// How many stages may be under way at once, where so many are asked for.
  func jobs(_ jobs: Int) -> Int { name == .slurm ? PrintingExecutor.jobs : jobs }

  /// Nil for threads of this process.
  ///
  /// - Parameters:
  ///   - keepsStateOfFailures: whether checkpoints of failed stages stay.
  ///   - tell: is told what happens to stages elsewhere.
  func executor(
    in store: ArtifactStore, keepsStateOfFailures: Bool, until interruption: Interruption,
    tell: @escaping @Sendable (RunEvent) -> Void
  ) throws(Diagnostic) -> (any Executor)? {
    let program = try WorkProgram(for: store)
    switch name {
    case .local where isIsolated:
      return IsolatedExecutor(
        program: program, store: store, keepsStateOfFailures: keepsStateOfFailures,
        interruption: interruption, tell: tell)
    case .local: return nil
    case .slurm:
      let client = SlurmClient()
      guard client.isInstalled else { throw Diagnostic(.noSlurm) }
      return SlurmExecutor(
        program: program, store: store, client: client, settings: ClusterSettings(table),
        keepsStateOfFailures: keepsStateOfFailures, interruption: interruption, tell: tell)
    }
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

  /// What `millrace/executor.toml` in the folder of a person's configuration says.
  ///
  /// A folder that may not be looked into, as another user's, has none.
  private static func ownTable() throws(Diagnostic) -> ExecutorTable {
    let folder =
      Environment.value("XDG_CONFIG_HOME") ?? Environment.value("HOME").map { "\($0)/.config" }
    guard let path = folder.map({ "\($0)/millrace/executor.toml" }), unsafe access(path, F_OK) == 0,
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
  fileprivate static let noSlurm = Self(
    "Slurm's command sbatch is not on the PATH", remedy: "run where it is, or with --executor local"
  )
}
