import Processes

/// The job of Slurm that this process is in.
package struct SlurmJob: Hashable, Sendable {
  /// As `squeue` shows it: `43`, or `43_5` for a task of an array.
  package let name: String

  package init(name: String) { self.name = name }

  /// Nil outside of jobs.
  package static var current: SlurmJob? { SlurmJob(in: { ProcessEnvironment.value($0) }) }

  package init?(in environment: (String) -> String?) {
    if let array = environment("SLURM_ARRAY_JOB_ID"), let task = environment("SLURM_ARRAY_TASK_ID")
    {
      self.init(name: "\(array)_\(task)")
    } else if let id = environment("SLURM_JOB_ID") {
      self.init(name: id)
    } else {
      return nil
    }
  }
}
