import Fixtures
import Foundation
import Testing

/// What signals do to commands, from whatever state they are in.
@Suite(.serialized) struct SignalTests {
  @Test(arguments: [SIGHUP, SIGXCPU, SIGUSR1])
  func `what a scheduler warns with stops a run at its checkpoint`(signal: Int32) throws {
    let millrace = try SmallPipeline.millrace(SmallPipeline.longTraining)
    let running = try millrace.startRun("small.toml")
    #expect(running.waits(for: "\"epoch 1 "))
    running.signal(signal)
    #expect(running.finish().exitCode == 75)
  }

  @Test func `warnings may come again and again`() throws {
    let millrace = try SmallPipeline.millrace(SmallPipeline.longTraining)
    let running = try millrace.startRun("small.toml")
    #expect(running.waits(for: "\"epoch 1 "))
    for _ in 0..<5 { running.signal(SIGXCPU) }
    #expect(running.finish().exitCode == 75)
  }
}
