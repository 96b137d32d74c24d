import Glibc

/// What work takes of a processor, which other work on the machine does not lengthen.
package enum ProcessorTime {
  /// The time that the calling thread computes for a piece of work.
  package static func ofThread(_ work: () throws -> Void) rethrows -> Duration {
    let start = now
    try work()
    return now - start
  }

  private static var now: Duration {
    var time = timespec()
    unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }
}
