import Artifacts
import Diagnostics
import Executors
import Formats
import Pipelines
import TOML

/// A command whose run may be left to the jobs of a cluster.
protocol DetachableCommand: Command {
  var arguments: ParsedArguments { get }

  /// Submits what can begin of the run, and waits for nothing.
  func look(
    for detachment: Detachment, until interruption: Interruption
  ) throws(Diagnostic) -> ExitCode

  /// Whether the store has all that the run asks for.
  func isDone(in store: ArtifactStore) throws(Diagnostic) -> Bool
}

extension DetachableCommand {
  /// Leaves the run of a definition to jobs.
  func detach(
    _ definition: Definition, in store: ArtifactStore, until interruption: Interruption
  ) throws(Diagnostic) -> ExitCode {
    // Nothing is kept for a run that no jobs can be submitted for.
    _ = try ExecutorChoice(arguments, definition, in: store).executor(
      in: store, keepsStateOfFailures: true, until: interruption, tell: { _ in })
    // The stores are named by paths that are right everywhere, in place of those that were given.
    let words = arguments.given(without: [ExecutorChoice.detach, .store, .cache])
    let command = try DetachedCommand(
      words: [Self.name] + WorkProgram(for: store).stores + words,
      text: String(decoding: definition.source.bytes, as: UTF8.self))
    return try interruption.polled { () throws(Diagnostic) in
      let detachment = try Detachment(command, of: definition.path, in: store) {
        !interruption.isRequested
      }
      guard let detachment else { return .interrupted }
      return try look(for: detachment, until: interruption)
    }
  }
}

/// One look at a detached run, as a command carries it out and tells of it.
struct DetachedLook {
  private let detachment: Detachment
  private let arguments: ParsedArguments
  private let choice: ExecutorChoice
  private let store: ArtifactStore

  init(
    _ detachment: Detachment, _ arguments: ParsedArguments, _ choice: ExecutorChoice,
    in store: ArtifactStore
  ) {
    self.detachment = detachment
    self.arguments = arguments
    self.choice = choice
    self.store = store
  }

  /// - Parameter run: runs with the executor, and returns how many stages failed.
  func carryOut(
    keepsStateOfFailures: Bool, until interruption: Interruption,
    _ run: ((any Executor)?) throws(Diagnostic) -> Int
  ) throws(Diagnostic) -> ExitCode {
    let problems = JobProblems()
    let failed = try run(
      try choice.executor(
        in: store, keepsStateOfFailures: keepsStateOfFailures, until: interruption, detachment,
        tell: problems.observe))
    let isWhole = !interruption.isRequested
    let jobs = try choice.end(detachment, in: store, isWhole: isWhole, tell: problems.observe)
    guard isWhole else { return .stoppedAtCheckpoint }
    if arguments.has(.json) {
      RunLines().line(
        ["event": "detached", "jobs": .integer(jobs), "failed": .integer(failed)])
    } else {
      Terminal.output.line("  " + Self.text(jobs: jobs, failed: failed))
    }
    return failed > 0 ? .stageFailed : .fine
  }

  /// `left to 3 jobs, 1 failed`.
  private static func text(jobs: Int, failed: Int) -> String {
    let left =
      jobs == 0
      ? "nothing is left to submit"
      : "left to \(Spelling.count(jobs, "job")): status shows them, --cancel ends them"
    return left + (failed > 0 ? "; \(failed) failed" : "")
  }

  /// Goes on with a run that was detached before, if it was not cancelled.
  static func goOn(
    with name: String, in store: ArtifactStore, until interruption: Interruption
  ) throws(Diagnostic) -> ExitCode {
    let detachment = try Detachment(goingOn: name, in: store) { !interruption.isRequested }
    guard let command = detachment?.command, let detachment else { return .fine }
    try WorkingFolder.change(to: command.folder)
    return try Self.command(of: command).look(for: detachment, until: interruption)
  }

  /// The command that a run was detached by, which reads the definition as it was then.
  private static func command(
    of detached: DetachedCommand
  ) throws(Diagnostic) -> any DetachableCommand {
    guard let kind = detached.kind else { throw Diagnostic(.notDetached(detached.line)) }
    var arguments = try ParsedArguments(Array(detached.words.dropFirst()), for: kind)
    arguments.heldDefinition = Array(detached.text.utf8)
    return try kind.init(arguments)
  }

  /// Takes away the detached runs of a definition that no job looks after any more, if the store has
  /// all that they asked for, whoever made it.
  ///
  /// What cannot be found out, or can no longer be planned, is left for a person to see.
  ///
  /// - Parameter definition: the path, as it was given.
  static func takeAwayDone(of definition: String, in store: ArtifactStore) {
    guard let lost = (try? LostRuns(of: definition, in: store)) ?? nil,
      let folder = try? WorkingFolder.path
    else { return }
    defer { try? WorkingFolder.change(to: folder) }
    for run in lost.runs where (try? WorkingFolder.change(to: run.command.folder)) != nil {
      if (try? command(of: run.command).isDone(in: store)) == true { lost.remove(run) }
    }
  }
}

extension DetachedCommand {
  fileprivate var kind: (any DetachableCommand.Type)? {
    let kinds: [any DetachableCommand.Type] = [RunPipeline.self, RunSweep.self]
    return kinds.first { $0.name == words.first }
  }

  /// The command line that goes on with it, for the working folder.
  var line: String { line(in: (try? WorkingFolder.path) ?? "", where: storesFoundHere) }

  /// The words of the store that it would use in the working folder if it named none.
  ///
  /// None where variables name a store: where the line is given they may be others.
  private var storesFoundHere: [String] {
    guard !ArtifactStore.isNamedByVariables, let kind,
      let arguments = try? ParsedArguments(wordsAfterStores, for: kind),
      let program = try? WorkProgram(for: .chosen(by: arguments))
    else { return [] }
    return program.stores
  }
}

extension Diagnostic.Message {
  fileprivate static func notDetached(_ line: String) -> Self {
    Self("`\(line)` is nothing that this program detaches", remedy: "run it again")
  }
}
