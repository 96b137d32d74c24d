import Files
import Fixtures
import Pipelines
import Testing

struct InterruptionTests {
  @Test func `the first signal is remembered, and every request counted`() {
    let interruption = Interruption()
    #expect(!interruption.isRequested && interruption.firstSignal == 0)
    #expect(interruption.request(by: 15) == 1)
    #expect(interruption.request(by: 2) == 2)
    #expect(interruption.isRequested && interruption.firstSignal == 15)
  }

  @Test func `work that has just polled, or that writes a file of our own, is not given up`() throws
  {
    let interruption = Interruption()
    interruption.request(by: 15)
    #expect(interruption.isRequested)
    #expect(!interruption.isOverdue)
    let folder = try TemporaryFolder()
    let file = try OutputFile(folder.path("checkpoint"), isOurs: true)
    #expect(OutputFile.isWritingOwn && !interruption.isOverdue)
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
