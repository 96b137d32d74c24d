import Pipelines

/// What jobs of a cluster are asked for with.
package struct ClusterSettings: Hashable, Sendable {
  package var partition: String?
  package var account: String?
  /// Further options of `sbatch`, as they are.
  package var options: [String] = []
  /// Seconds that a job may take; nil for what records tell, else for what the partition gives.
  package var time: Double?
  package var memory = 4 << 30
  /// The most memory that may be asked for after a job had too little; nil for no second attempt.
  package var memoryLimit: Int?
  /// Nil for what records tell, else one.
  package var cores: Int?
  package var coresByKind: [String: Int] = [:]
  /// How many jobs may run at once; nil for as many as the cluster lets.
  package var jobs: Int?
  /// The most jobs of one array.
  package var chunk = 1000

  package init() {}

  /// What a table says, and defaults for the rest.
  package init(_ table: ExecutorTable) {
    partition = table.partition
    account = table.account
    options = table.options ?? options
    time = table.seconds
    memory = table.memory ?? memory
    memoryLimit = table.memoryLimit
    cores = table.cores
    coresByKind = table.coresByKind
    jobs = table.jobs
    chunk = table.chunk ?? chunk
  }

  /// The words of `sbatch` that every job is submitted with.
  ///
  /// - Parameters:
  ///   - output: the name of its log, in which `%` stands for what Slurm knows.
  ///   - folder: the folder of the log, by its absolute path.
  package func words(for resources: JobResources, output: String, in folder: String) -> [String] {
    var words = [
      "--open-mode=append", "--chdir=/",
      "--output=\(folder.replacing("%", with: "%%"))/\(output)",
      "--cpus-per-task=\(resources.cores)",
      "--mem=\(max(1, (resources.memory + (1 << 20) - 1) >> 20))M",
    ]
    if let minutes = resources.minutes { words.append("--time=\(minutes)") }
    if let partition { words.append("--partition=\(partition)") }
    if let account { words.append("--account=\(account)") }
    if !resources.excludedNodes.isEmpty {
      words.append("--exclude=\(resources.excludedNodes.joined(separator: ","))")
    }
    return words + options
  }
}
