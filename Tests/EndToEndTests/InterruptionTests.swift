import Fixtures
import Foundation
import Testing

/// Trainings stopped or killed in their middle end in the bytes of one that was left alone.
@Suite(.serialized, .timeLimit(.minutes(120))) struct InterruptionTests {
  /// What the long training gives when nothing disturbs it.
  static let undisturbed = Result {
    let outcome = try SmallPipeline.millrace(SmallPipeline.longTraining).run("small.toml")
    return outcome.outputs
  }

  @Test(arguments: [SIGTERM, SIGINT])
  func `a polite signal stops at a checkpoint with 75, and the next run goes on from it`(
    signal: Int32
  ) throws {
    let millrace = try SmallPipeline.millrace(SmallPipeline.endlessTraining)
    let running = try millrace.startRun("small.toml")
    #expect(running.waits(for: "\"epoch 2 "))
    running.signal(signal)
    let stopped = RunOutcome(running.finish())
    #expect(stopped.exitCode == 75)
    #expect(stopped.stages("stopped") == ["train"])
    #expect(stopped.last["event"] as? String == "finished")
    let resumed = try millrace.run("small.toml", "--set", "train.epochs=\(stopped.epoch)")
    #expect(resumed.exitCode == 0)
    #expect(resumed.ran == ["train", "evaluate"])
    #expect((resumed.stages["train"]?["summary"] as? String)?.contains("(resumed)") == true)
    #expect(try resumed.outputs == SmallPipeline.undisturbed(epochs: stopped.epoch))
  }

  @Test func `a second signal ends the program at once`() throws {
    let millrace = try SmallPipeline.millrace(SmallPipeline.endlessTraining)
    let running = try millrace.startRun("small.toml")
    #expect(running.waits(for: "\"epoch 1 "))
    running.signal(SIGINT)
    running.signal(SIGINT)
    #expect([75, 130].contains(running.finish().exitCode))
    let six = try millrace.run("small.toml", "--set", "train.epochs=6")
    #expect(try six.outputs == Self.undisturbed.get())
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func `kill -9 at any moment leaves nothing to clean, and the next runs end in the same bytes`(
    seed: UInt64
  ) throws {
    let millrace = try SmallPipeline.millrace(SmallPipeline.longTraining)
    var random = SeededNumbers(seed: seed)
    for epoch in 1...4 {
      let running = try millrace.startRun("small.toml")
      let isTraining = running.waits(for: "\"epoch \(epoch) ")
      usleep(.random(in: 0...40_000, using: &random))
      running.signal(SIGKILL)
      let killed = running.finish()
      #expect(killed.wasKilled || !isTraining || killed.exitCode == 0)
    }
    #expect(try millrace("verify").exitCode == 0)
    #expect(try millrace.run("small.toml").outputs == Self.undisturbed.get())
    #expect(try millrace.run("small.toml").last["ran"] as? Int == 0)
    #expect(millrace.leftovers == [])
  }

  @Test func `a training killed on its way to more epochs does not spoil one with fewer`() throws {
    let millrace = try SmallPipeline.millrace(SmallPipeline.longTraining)
    let running = try millrace.startRun("small.toml")
    #expect(running.waits(for: "\"epoch 4 "))
    running.signal(SIGKILL)
    _ = running.finish()
    let fewer = try millrace.run("small.toml", "--set", "train.epochs=2")
    let alone = try SmallPipeline.millrace(SmallPipeline.longTraining)
      .run("small.toml", "--set", "train.epochs=2")
    #expect(fewer.outputs == alone.outputs)
    #expect(try millrace.run("small.toml").outputs == Self.undisturbed.get())
  }
}

extension Millrace {
  /// What a finished run must not leave in its store.
  var leftovers: [String] {
    ["tmp", "partial", "uses"].flatMap { name in
      (try? FileManager.default.contentsOfDirectory(atPath: folder.path(".millrace/\(name)"))) ?? []
    }
  }
}
