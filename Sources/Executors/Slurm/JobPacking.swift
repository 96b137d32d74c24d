/// How stages are dealt out to jobs: a long one has a job of its own, short ones share one.
package enum JobPacking {
  /// The seconds of work that make a job worth its start.
  package static let worthwhile = 10.0

  /// - Parameters:
  ///   - seconds: what each stage is thought to take; nil where nothing is known.
  ///   - slots: how many jobs are to run at once, worthwhile or not; nil where nobody says.
  ///   - room: how many may run at once on the cluster; nil or 0 where that is not known.
  /// - Returns: for each job the places of its stages.
  package static func jobs(
    for seconds: [Double?], slots: Int?, room: Int? = nil
  ) -> [[Int]] {
    let isShort = seconds.map { seconds in seconds.map { $0 < worthwhile } ?? false }
    let short = seconds.indices.filter { isShort[$0] }
    let long = seconds.indices.filter { !isShort[$0] }
    let total = short.reduce(0) { $0 + (seconds[$1] ?? 0) }
    // As many jobs as can run at once, or twice as many, and so on: then all end at about one time.
    let worthIt = max(1, (total / worthwhile).rounded())
    let most = room.flatMap { $0 > 0 ? Double($0) : nil } ?? .infinity
    let wide = min(slots.map { Double($0) } ?? worthIt, most)
    let rounds = max(1, (total / (wide * worthwhile)).rounded(.down))
    let count = min(short.count, Int(wide * rounds))
    guard count > 0 else { return long.map { [$0] } }
    var jobs = [[Int]](repeating: [], count: count)
    var loads = JobLoads(count: count)
    // The longest first, each to the job that has least so far.
    let order = short.sorted { (seconds[$0] ?? 0, $1) > (seconds[$1] ?? 0, $0) }
    for place in order {
      jobs[loads.least].append(place)
      loads.addToLeast(seconds[place] ?? 0)
    }
    return long.map { [$0] } + jobs
  }
}

/// The seconds of work of each job, in a binary heap whose first job has least of it.
private struct JobLoads {
  private var heap: [(seconds: Double, job: Int)]

  /// Jobs without work; at least one.
  init(count: Int) { heap = (0..<count).map { (0, $0) } }

  /// The job with least work, the first of several.
  var least: Int { heap[0].job }

  /// O(log n).
  mutating func addToLeast(_ seconds: Double) {
    let entry = (seconds: heap[0].seconds + seconds, job: least)
    var index = 0
    while true {
      var child = 2 * index + 1
      guard child < heap.count else { break }
      if child + 1 < heap.count, heap[child + 1] < heap[child] { child += 1 }
      guard heap[child] < entry else { break }
      heap[index] = heap[child]
      index = child
    }
    heap[index] = entry
  }
}
