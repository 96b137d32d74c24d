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
  /// The name of the detached run that its last worker goes on with; nil for none.
  let continued: String?

  package init(
    manifest: Manifest, resources: JobResources, settings: ClusterSettings, continued: String? = nil
  ) {
    self.manifest = manifest
    self.resources = resources
    self.settings = settings
    self.continued = continued
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
    return [
      "sbatch", "--parsable", "--job-name=\(name)", "--array=0-\(manifest.count - 1)\(limit)",
      // Who looks after it submits again, and counts; Slurm may hold a job that it has requeued.
      "--no-requeue", "--signal=B:USR1@\(resources.secondsOfWarning)",
    ] + settings.words(for: resources, output: "%A_%a.out", in: logs)
  }

  /// The script: the worker takes the shell's place, so that it is what gets the job's signals.
  package func script(_ program: WorkProgram, manifestPath: String) -> String {
    let words = program.words(forManifest: manifestPath, thenContinue: continued)
    return "#!/bin/sh\nexec \(ShellWord.line(words)) --index \"$SLURM_ARRAY_TASK_ID\"\n"
  }
}
