import Diagnostics
import Glibc
import Pipelines

/// The end of all jobs when nobody wants their results any more.
extension JobWatch {
  /// Seconds that jobs may take to end: they stop at a checkpoint, or are killed some time later.
  private static let patienceOfCancelling = 120.0

  /// Cancels every job that nobody else waits for, waits until none of them lives, and ends all stages.
  func cancel() {
    let started = ContinuousClock.now
    // Nobody may take over a job meanwhile that is about to end.
    let turn =
      detachment?.turn
      ?? (try? SubmissionTurn(
        in: store, whileWanted: { started.secondsSoFar < Self.patienceOfCancelling })) ?? nil
    defer { withExtendedLifetime(turn) {} }
    let kept = arraysOfOthers
    var asked: Set<String> = []
    var pause: UInt32 = 200_000
    let hasJobs = !ownNames.isEmpty || ordered.values.contains { $0.job != nil }
    while hasJobs, started.secondsSoFar < Self.patienceOfCancelling {
      let live = liveJobs(besides: kept)
      let new = live?.subtracting(asked) ?? []
      if !new.isEmpty {
        client.cancel(new.sorted())
        asked.formUnion(new)
      }
      if live?.isEmpty == true { break }
      usleep(pause)
      pause = min(2_000_000, pause * 3 / 2)
    }
    if ordered.values.contains(where: { $0.job.map { kept.contains($0.name) } ?? false }) {
      warn(.goesOn)
    }
    for key in ordered.keys.sorted() {
      let ending = WrittenEnding(of: key, in: store)
      let isOurs = ending != nil && ending?.job == ordered[key]?.job?.id
      finish(key, isOurs ? ending?.ending ?? .stopped(seconds: 0) : .stopped(seconds: 0))
    }
  }

  /// The ids of our jobs that live; nil when the scheduler does not answer.
  ///
  /// - Parameter kept: the names of arrays that others wait for.
  private func liveJobs(besides kept: Set<String>) -> Set<String>? {
    guard queue.note(client.jobs()) else { return nil }
    let known = Set(ordered.values.compactMap { $0.job?.id })
    return Set(
      queue.rows.values.filter { row in
        row.isLive && !kept.contains(row.name)
          && (ownNames.contains(row.name)
            || known.contains(row.id) && row.name.hasPrefix(JobArray.namePrefix))
      }.map(\.id))
  }
}

extension Diagnostic.Message {
  fileprivate static let goesOn = Self(
    "jobs that others wait for go on", remedy: "`millrace run FILE --cancel` ends those too")
}
