import Files
import Foundation
import Testing

struct WorkClockTests {
  @Test func `no time is negative, though a pause began before what is timed`() {
    WorkClock.see()
    let start = WorkClock.now
    // As long as a pause must be to be one.
    usleep(600_000)
    WorkClock.resume()
    #expect(start.secondsSoFar >= 0)
  }
}
