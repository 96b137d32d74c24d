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

  /// How long before its end a job is told to stop at a checkpoint.
  var secondsOfWarning: Int { time.map { Int(min(60, max(5, $0 / 10))) } ?? 60 }

  /// The most seconds that a job is told so too early: Slurm looks at the time of jobs every 30 s.
  private static let mostTooEarly = 40

  /// Whether work that was told to stop after so many seconds had all the time that there was.
  package func isOver(after seconds: Double) -> Bool {
    guard let minutes else { return false }
    return seconds >= Double(minutes * 60 - secondsOfWarning - Self.mostTooEarly)
  }

  package init(cores: Int, memory: Int, time: Double?, excludedNodes: [String] = []) {
    self.cores = cores
    self.memory = memory
    self.time = time
    self.excludedNodes = excludedNodes
  }
}
