import Artifacts
import Diagnostics
import Files

/// The job that looks at a detached run when all its other jobs have ended, however they did.
///
/// It is submitted once: who submits an array puts it off to that array's end. As a rule it is
/// cancelled in the end, when nothing is left for it to see.
package struct FollowUp {
  private static let memory = 1 << 30
  /// Seconds after which one looks again that was followed by another like it.
  private static let pause = 60

  let owner: JobOwner
  let settings: ClusterSettings
  let program: WorkProgram

  static func name(of owner: String) -> String { "\(JobArray.namePrefix)next-\(owner)" }

  private var files: ArrayFiles { ArrayFiles(of: Self.name(of: owner.name), program) }

  /// Submits it.
  ///
  /// - Parameters:
  ///   - jobs: the ids of the jobs whose end it waits for: `43_5`.
  ///   - isRepeated: whether it follows one that found them alive, so that it must not hurry.
  func submit(
    after jobs: [String], isRepeated: Bool, to store: ArtifactStore, _ client: SlurmClient
  ) throws(Diagnostic) -> SubmissionOutcome {
    let name = Self.name(of: owner.name)
    try store.setOrder(
      named: name + ArrayFiles.scriptSuffix, to: Self.script(program, of: owner.name))
    try Folder.create(files.logs)
    let resources = JobResources(cores: 1, memory: Self.memory, time: settings.time)
    let words =
      ["sbatch", "--parsable", "--job-name=\(name)"]
      + ["--dependency=\(SlurmClient.end(of: Self.arrays(of: jobs)))", "--requeue"]
      + (isRepeated ? ["--begin=now+\(Self.pause)"] : [])
      + settings.words(for: resources, output: "%j.out", in: files.logs)
    return client.submit(words, script: files.script)
  }

  /// The arrays of some jobs.
  private static func arrays(of jobs: [String]) -> [String] {
    Set(jobs.map { String($0.prefix { $0 != "_" }) }).sorted()
  }

  /// The script: nobody looks after this job, so its program begins again when it is killed.
  package static func script(_ program: WorkProgram, of owner: String) -> String {
    """
    #!/bin/sh
    for try in 1 2 3 4; do
      \(ShellWord.line(program.words(toContinue: owner)))
      code=$?
      [ $code -gt 128 ] || break
    done
    exit $code

    """
  }

  /// Has one that waits already wait for the end of these jobs too.
  ///
  /// - Returns: whether it does.
  static func putOff(_ waiting: QueueRow, after jobs: [String], _ client: SlurmClient) -> Bool {
    waiting.state == "PENDING" && client.putOff(waiting.id, to: arrays(of: jobs))
  }

  /// Those of a run that live.
  static func living(of owner: String, _ client: SlurmClient) -> [QueueRow] {
    let name = name(of: owner)
    return (client.jobs() ?? []).filter { $0.isLive && $0.name == name }
  }

  /// Removes what submitting it left in a store.
  static func removeFiles(of owner: String, from store: ArtifactStore) {
    for suffix in [ArrayFiles.scriptSuffix, ArrayFiles.logsSuffix] {
      store.removeOrder(named: name(of: owner) + suffix)
    }
  }
}
