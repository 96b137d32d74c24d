import Glibc
import Synchronization

/// The time during which this program works: what passes while it, or the machine, is suspended is left
/// out.
///
/// A program that is suspended cannot note when that begins. It began after work was last seen, so
/// whatever works must be seen several times a second.
package enum WorkClock {
  /// A moment of this clock.
  package struct Instant: Hashable, Sendable {
    fileprivate let nanoseconds: Int64

    /// The seconds of work since then.
    ///
    /// Never fewer than none: a thread may go on before the end of a pause is noted, and take a moment
    /// that is later than those that follow.
    package var secondsSoFar: Double {
      max(0, Double(WorkClock.now.nanoseconds - nanoseconds) / 1e9)
    }
  }

  /// Pauses of work that are shorter are taken for work.
  private static let shortest: Int64 = 500_000_000
  /// When work was last seen; 0 before that.
  private static let seen = Atomic<Int64>(0)
  /// The last pause of work, until it is left out, and when it ended.
  private static let pause = Atomic<Int64>(0)
  private static let pauseEnd = Atomic<Int64>(0)
  /// When the program was last told to go on.
  private static let resumption = Atomic<Int64>(0)
  /// How long the program was suspended so far.
  private static let suspended = Atomic<Int64>(0)

  /// This moment, in which work is seen: a pause that is noted later began after it.
  package static var now: Instant {
    see()
    return Instant(nanoseconds: machineTime() - suspended.load(ordering: .relaxed))
  }

  /// Notes that work goes on.
  package static func see() {
    let now = machineTime()
    // Another thread may have seen it later.
    let last = seen.max(now, ordering: .relaxed).oldValue
    guard last > 0, now - last >= shortest else { return }
    pauseEnd.store(now, ordering: .sequentiallyConsistent)
    pause.store(now - last, ordering: .sequentiallyConsistent)
    leaveOutPause()
  }

  /// Leaves out the time since work was last seen; may be called in the handler of SIGCONT.
  package static func resume() {
    resumption.store(machineTime(), ordering: .sequentiallyConsistent)
    see()
    leaveOutPause()
  }

  /// Leaves out the last pause if the program was told to go on when it ended.
  ///
  /// Threads go on in any order, and the handler is called in one of them. Whichever notes the end of
  /// the pause or the signal last sees the other.
  private static func leaveOutPause() {
    let end = pauseEnd.load(ordering: .sequentiallyConsistent)
    let distance = end - resumption.load(ordering: .sequentiallyConsistent)
    guard abs(distance) < 1_000_000_000 else { return }
    let length = pause.exchange(0, ordering: .sequentiallyConsistent)
    suspended.wrappingAdd(length, ordering: .relaxed)
  }

  /// Nanoseconds since the machine started, without those that it slept.
  private static func machineTime() -> Int64 {
    var time = timespec()
    _ = unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }
}
