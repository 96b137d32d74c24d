import Files
import Testing

struct ClockTests {
  @Test func `a moment is written in UTC`() {
    #expect(Clock.text(nanoseconds: 0) == "1970-01-01T00:00:00Z")
    #expect(Clock.text(nanoseconds: 1_795_308_757_999_999_999) == "2026-11-22T00:52:37Z")
    #expect(Clock.text(nanoseconds: 1_709_247_909_000_000_000) == "2024-02-29T23:05:09Z")
  }
}
