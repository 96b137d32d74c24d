import Artifacts
import Diagnostics
import Digests
import Files

/// Jobs that are submitted together: the words and the script that `sbatch` is given.
package struct JobArray: Hashable, Sendable {
  static let namePrefix = "millrace-"

  let manifest: Manifest
  let resources: JobResources
  let settings: ClusterSettings

  package init(manifest: Manifest, resources: JobResources, settings: ClusterSettings) {
    self.manifest = manifest
    self.resources = resources
    self.settings = settings
  }

  package var name: String { Self.namePrefix + manifest.name }

  /// The keys of all its jobs.
  var keys: [Digest] { manifest.keys }

  /// Writes what its jobs read, and makes the folder of what they say.
  func write(to store: ArtifactStore, _ program: WorkProgram) throws(Diagnostic) {
    let files = ArrayFiles(of: name, program)
    try store.setOrder(named: name + ArrayFiles.manifestSuffix, to: manifest.text)
    try store.setOrder(
      named: name + ArrayFiles.scriptSuffix, to: script(program, manifestPath: files.manifest))
    try Folder.create(files.logs)
  }

  /// The words of the command that submits it; its standard input is the script.
  ///
  /// - Parameter logs: the folder of the logs, by its absolute path.
  package func words(logs: String) -> [String] {
    let limit = settings.jobs.map { "%\($0)" } ?? ""
    var words = [
      "sbatch", "--parsable", "--job-name=\(name)", "--array=0-\(manifest.count - 1)\(limit)",
      "--no-requeue", "--open-mode=append", "--signal=B:USR1@\(secondsOfWarning)", "--chdir=/",
      "--output=\(logs.replacing("%", with: "%%"))/%A_%a.out",
      "--cpus-per-task=\(resources.cores)",
      "--mem=\(max(1, (resources.memory + (1 << 20) - 1) >> 20))M",
    ]
    if let time = resources.time { words.append("--time=\(max(1, Int((time / 60).rounded(.up))))") }
    if let partition = settings.partition { words.append("--partition=\(partition)") }
    if let account = settings.account { words.append("--account=\(account)") }
    if !resources.excludedNodes.isEmpty {
      words.append("--exclude=\(resources.excludedNodes.joined(separator: ","))")
    }
    return words + settings.options
  }

  /// How long before its end a job is told to stop at a checkpoint.
  private var secondsOfWarning: Int { resources.time.map { min(60, max(5, Int($0 / 10))) } ?? 60 }

  /// The script: the worker takes the shell's place, so that it is what gets the job's signals.
  package func script(_ program: WorkProgram, manifestPath: String) -> String {
    let words = program.words(forManifest: manifestPath)
    return "#!/bin/sh\nexec \(ShellWord.line(words)) --index \"$SLURM_ARRAY_TASK_ID\"\n"
  }
}
