import Artifacts
import Diagnostics
import Executors
import Formats
import Pipelines

/// The jobs of some definitions, which `--cancel` ends.
struct CancelledJobs {
  private let files: [String]
  private let arguments: ParsedArguments

  init(of files: [String], _ arguments: ParsedArguments) {
    self.files = files
    self.arguments = arguments
  }

  func cancel(until interruption: Interruption) throws(Diagnostic) -> ExitCode {
    let store = try ArtifactStore.existing(chosenBy: arguments)
    let client = try slurm(for: store)
    let problems = try interruption.polled(hasCheckpoints: false) { () throws(Diagnostic) in
      var problems: [Diagnostic] = []
      for file in files {
        do throws(Diagnostic) {
          let jobs = try JobCancellation(of: file, in: store, client).carryOut {
            !interruption.isRequested
          }
          show(jobs, of: file)
        } catch { problems.append(error) }
      }
      return problems
    }
    for problem in problems { Terminal.errors.tell(problem) }
    return problems.isEmpty ? .fine : .stageFailed
  }

  /// The commands of Slurm; where there are none, what can be done without them is done.
  private func slurm(for store: ArtifactStore) throws(Diagnostic) -> SlurmClient {
    do throws(Diagnostic) { return try ExecutorChoice.slurm() } catch {
      for file in files {
        try JobCancellation(of: file, in: store, SlurmClient()).removeRunsWithoutJobs()
      }
      throw error
    }
  }

  private func show(_ jobs: [String], of file: String) {
    if arguments.has(.json) {
      RunLines().line(["event": "cancelled", "jobs": .array(jobs.map { .string($0) })])
    } else {
      let count = jobs.isEmpty ? "no job" : Spelling.count(jobs.count, "job")
      Terminal.output.line("  \(count) of \(file) cancelled")
    }
  }
}
