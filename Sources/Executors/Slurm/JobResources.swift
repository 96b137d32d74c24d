/// What a job is to have; jobs that are to have the same go into one array.
package struct JobResources: Hashable, Sendable {
  var cores: Int
  var memory: Int
  /// In seconds; nil for what the partition gives.
  var time: Double?
  /// Nodes that it must not run on.
  var excludedNodes: [String] = []

  /// The time in minutes, as Slurm counts it; of what has no end, ten years.
  var minutes: Int? { time.map { max(1, Int(min($0 / 60, 5_256_000).rounded(.up))) } }

  package init(cores: Int, memory: Int, time: Double?, excludedNodes: [String] = []) {
    self.cores = cores
    self.memory = memory
    self.time = time
    self.excludedNodes = excludedNodes
  }
}
