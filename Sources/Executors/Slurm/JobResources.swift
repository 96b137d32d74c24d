/// What a job is to have; jobs that are to have the same go into one array.
package struct JobResources: Hashable, Sendable {
  var cores: Int
  var memory: Int
  /// In seconds; nil for what the partition gives.
  var time: Double?
  /// Nodes that it must not run on.
  var excludedNodes: [String] = []

  package init(cores: Int, memory: Int, time: Double?, excludedNodes: [String] = []) {
    self.cores = cores
    self.memory = memory
    self.time = time
    self.excludedNodes = excludedNodes
  }
}
