import Files
import Fixtures
import Foundation
import Pipelines
import Testing

@Suite(.timeLimit(.minutes(120))) struct InterruptionTests {
  @Test func `the first signal is remembered, and every request counted`() {
    let interruption = Interruption()
    #expect(!interruption.isRequested && interruption.firstSignal == 0)
    #expect(interruption.request(by: 15) == 1)
    #expect(interruption.request(by: 2) == 2)
    #expect(interruption.isRequested && interruption.firstSignal == 15)
  }

  @Test func `work that polls is not given up, work that does not is after nine reminders`() {
    let interruption = Interruption()
    interruption.request(by: 15)
    for _ in 0..<2 {
      for _ in 0..<8 { #expect(!interruption.remind()) }
      #expect(interruption.isRequested)
    }
    for _ in 0..<8 { #expect(!interruption.remind()) }
    // Another test may be writing a file of our own.
    while !interruption.remind() { usleep(1_000) }
  }

  @Test func `work that writes a file of our own is not given up`() throws {
    let interruption = Interruption()
    interruption.request(by: 15)
    let folder = try TemporaryFolder()
    let file = try OutputFile(folder.path("checkpoint"), isOurs: true)
    for _ in 0..<20 { #expect(!interruption.remind()) }
    try file.commit()
  }

  @Test func `what is given up goes on where there are checkpoints, else it ends by its signal`()
    throws
  {
    let interruption = Interruption()
    interruption.request(by: 15)
    try interruption.polled { #expect(interruption.isPolled && interruption.endingCode == 75) }
    try interruption.polled(hasCheckpoints: false) { #expect(interruption.endingCode == 143) }
    #expect(!interruption.isPolled)
  }
}
