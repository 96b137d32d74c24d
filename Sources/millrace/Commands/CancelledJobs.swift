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
    let client = try ExecutorChoice.slurm()
    let problem = try interruption.polled(hasCheckpoints: false) { () throws(Diagnostic) in
      var problem: Diagnostic?
      for file in files {
        do throws(Diagnostic) {
          let jobs = try JobCancellation(of: file, in: store, client).carryOut {
            !interruption.isRequested
          }
          show(jobs, of: file)
        } catch { problem = error }
      }
      return problem
    }
    guard let problem else { return .fine }
    Terminal.errors.tell(problem)
    return .stageFailed
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
