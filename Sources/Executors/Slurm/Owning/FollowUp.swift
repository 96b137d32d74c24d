import Artifacts
import Diagnostics
import Files

/// The job that looks at a detached run when all its other jobs have ended, however they did.
///
/// As a rule the last worker of an array has submitted the next one by then, and it finds nothing to do.
struct FollowUp {
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
    try store.setOrder(named: name + ArrayFiles.scriptSuffix, to: script)
    try Folder.create(files.logs)
    let arrays = Set(jobs.map { $0.prefix { $0 != "_" } }).sorted()
    let resources = JobResources(cores: 1, memory: Self.memory, time: settings.time)
    let words =
      ["sbatch", "--parsable", "--job-name=\(name)"]
      + ["--dependency=afterany:\(arrays.joined(separator: ":"))", "--requeue"]
      + (isRepeated ? ["--begin=now+\(Self.pause)"] : [])
      + settings.words(for: resources, output: "%j.out", in: files.logs)
    return client.submit(words, script: files.script)
  }

  private var script: String {
    "#!/bin/sh\nexec \(ShellWord.line(program.words(toContinue: owner.name)))\n"
  }

  /// The ids of those of a run that live.
  static func living(of owner: String, _ client: SlurmClient) -> [String] {
    let name = name(of: owner)
    return (client.jobs() ?? []).filter { $0.isLive && $0.name == name }.map(\.id)
  }

  /// Removes what submitting it left in a store.
  static func removeFiles(of owner: String, from store: ArtifactStore) {
    for suffix in [ArrayFiles.scriptSuffix, ArrayFiles.logsSuffix] {
      store.removeOrder(named: name(of: owner) + suffix)
    }
  }
}
