import Glibc

/// What work takes of a processor, which other work on the machine does not lengthen.
package enum ProcessorTime {
  /// The time that the calling thread computes for a piece of work.
  package static func ofThread(_ work: () throws -> Void) rethrows -> Duration {
    let start = now
    try work()
    return now - start
  }

  /// How many times as long work takes on four times as much: 4 times where it is linear, 16 times
  /// where it is quadratic, on whatever machine.
  ///
  /// - Parameter work: does work of a size.
  package static func growth(from size: Int, _ work: (Int) throws -> Void) rethrows -> Double {
    // The least of several, since other work on the machine takes caches away.
    func least(_ size: Int) throws -> Duration {
      try (0..<5).map { _ in try ofThread { try work(size) } }.min() ?? .zero
    }
    return try least(4 * size) / max(.nanoseconds(1), least(size))
  }

  private static var now: Duration {
    var time = timespec()
    unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }
}
