import Glibc
import Pipelines

/// The end of all jobs when nobody wants their results any more.
extension JobWatch {
  /// Seconds that jobs may take to end: they stop at a checkpoint, or are killed some time later.
  private static let patienceOfCancelling = 120.0

  /// Cancels every job, waits until none lives, and ends all stages.
  func cancel() {
    let started = ContinuousClock.now
    var asked: Set<String> = []
    var pause: UInt32 = 200_000
    let hasJobs = !ownNames.isEmpty || ordered.values.contains { $0.job != nil }
    while hasJobs, started.secondsSoFar < Self.patienceOfCancelling {
      let live = liveJobs()
      let new = live?.subtracting(asked) ?? []
      if !new.isEmpty {
        client.cancel(new.sorted())
        asked.formUnion(new)
      }
      if live?.isEmpty == true { break }
      usleep(pause)
      pause = min(2_000_000, pause * 3 / 2)
    }
    for key in ordered.keys.sorted() {
      let ending = WrittenEnding(of: key, in: store)
      let isOurs = ending != nil && ending?.job == ordered[key]?.job?.id
      finish(key, isOurs ? ending?.ending ?? .stopped(seconds: 0) : .stopped(seconds: 0))
    }
  }

  /// The ids of our jobs that live; nil when the scheduler does not answer.
  private func liveJobs() -> Set<String>? {
    guard queue.note(client.jobs()) else { return nil }
    let known = Set(ordered.values.compactMap { $0.job?.id })
    return Set(
      queue.rows.values.filter { row in
        row.isLive
          && (ownNames.contains(row.name)
            || known.contains(row.id) && row.name.hasPrefix(JobArray.namePrefix))
      }.map(\.id))
  }
}
