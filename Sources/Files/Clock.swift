import Glibc

/// The time of day.
package enum Clock {
  /// Nanoseconds since 1970.
  package static func nanoseconds() -> Int64 {
    var time = timespec()
    _ = unsafe clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
  }

  /// A moment in UTC as `2026-11-22T00:52:37Z`.
  package static func text(nanoseconds: Int64 = nanoseconds()) -> String {
    var seconds = time_t(nanoseconds / 1_000_000_000)
    var parts = unsafe tm()
    _ = unsafe gmtime_r(&seconds, &parts)
    let date = unsafe [
      padded(parts.tm_year + 1900, 4), padded(parts.tm_mon + 1), padded(parts.tm_mday),
    ]
    let time = unsafe [padded(parts.tm_hour), padded(parts.tm_min), padded(parts.tm_sec)]
    return "\(date.joined(separator: "-"))T\(time.joined(separator: ":"))Z"
  }

  private static func padded(_ value: Int32, _ width: Int = 2) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
