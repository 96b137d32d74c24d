import Glibc

/// What the process has used so far.
struct ResourceUsage: Sendable {
  let cpuSeconds: Double
  /// The most memory it ever held.
  let peakBytes: Int

  static var now: Self {
    var usage = rusage()
    guard unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0 else {
      return Self(cpuSeconds: 0, peakBytes: 0)
    }
    let seconds = Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
    let microseconds = Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec)
    return Self(cpuSeconds: seconds + microseconds * 1e-6, peakBytes: usage.ru_maxrss * 1024)
  }
}
