/// How long there has been no trace of the work in a job: the job has ended or is not listed, and
/// nobody has the claim of its stage.
///
/// A worker lets go of the claim before it writes how it ended. So this begins anew while there is a
/// claim, and what the worker wrote is waited for as long as after a job that has ended.
package struct JobAbsence: Sendable {
  private var since: ContinuousClock.Instant?

  package init() {}

  /// Takes what is known at a moment.
  ///
  /// - Returns: the seconds so far.
  package mutating func note(
    isGone: Bool, isClaimed: Bool, at moment: ContinuousClock.Instant = .now
  ) -> Double {
    let begun = isGone && !isClaimed ? since ?? moment : nil
    since = begun
    return begun.map { $0.duration(to: moment) / .seconds(1) } ?? 0
  }
}
