import Files
import Glibc
import Testing

struct ClockTests {
  @Test func `a moment is written in UTC`() {
    #expect(Clock.text(nanoseconds: 0) == "1970-01-01T00:00:00Z")
    #expect(Clock.text(nanoseconds: 1_795_308_757_999_999_999) == "2026-11-22T00:52:37Z")
    #expect(Clock.text(nanoseconds: 1_709_247_909_000_000_000) == "2024-02-29T23:05:09Z")
  }

  @Test func `dates are those of the system, in every month of three centuries`() {
    let step: Int64 = 1_234_567
    for seconds in stride(from: Int64(-1_000_000_000), to: 9_000_000_000, by: Int(step)) {
      #expect(Clock.text(nanoseconds: seconds * 1_000_000_000) == Self.systemText(seconds))
    }
  }

  /// The moment as the function of the system has it.
  private static func systemText(_ seconds: Int64) -> String {
    var (time, parts) = unsafe (time_t(seconds), tm())
    _ = unsafe gmtime_r(&time, &parts)
    func padded(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let date = unsafe [parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday].map(padded)
    let clock = unsafe [parts.tm_hour, parts.tm_min, parts.tm_sec].map(padded)
    return date.joined(separator: "-") + "T" + clock.joined(separator: ":") + "Z"
  }
}
