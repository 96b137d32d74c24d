import Foundation
import Testing

/// Stages carried out in jobs of a real Slurm, where there is one whose nodes see this folder.
@Suite(.serialized) struct RealClusterTests {
  private static let isThere: Bool = {
    let squeue = Process()
    squeue.executableURL = URL(filePath: "/usr/bin/env")
    squeue.arguments = ["squeue", "-h", "--me"]
    squeue.standardOutput = FileHandle.nullDevice
    squeue.standardError = FileHandle.nullDevice
    guard (try? squeue.run()) != nil else { return false }
    squeue.waitUntilExit()
    if squeue.terminationStatus != 0 {
      print("NOT RUN: jobs of a real cluster: squeue finds none; set SLURM_CONF")
    }
    return squeue.terminationStatus == 0
  }()

  @Test(.timeLimit(.minutes(120)))
  func `jobs give what threads give, and a second run submits none`() throws {
    guard Self.isThere else { return }
    let local = try SmallPipeline.millrace(SmallPipeline.definition).run("small.toml")
    let millrace = try SmallPipeline.millrace(SmallPipeline.definition)
    let first = try millrace.run(
      "small.toml", "--executor", "slurm", "--set", "train.needs={ memory = \"500M\" }")
    #expect(first.exitCode == 0)
    #expect(first.ran.count == SmallPipeline.stageCount)
    #expect(first.outputs == local.outputs)
    #expect(try millrace.run("small.toml", "--executor", "slurm").last["ran"] as? Int == 0)
  }

  @Test(.timeLimit(.minutes(120)))
  func `a run that is asked to stop leaves no living job, and the next one goes on`() throws {
    guard Self.isThere else { return }
    let millrace = try SmallPipeline.millrace(SmallPipeline.longTraining)
    let running = try millrace.startRun("small.toml", "--executor", "slurm")
    #expect(running.waits(for: "\"event\":\"started\",\"stage\":\"train\""))
    running.signal(SIGINT)
    #expect([0, 75].contains(running.finish().exitCode))
    let queue = try millrace.shell(
      "squeue -h --me -t PENDING,RUNNING,COMPLETING -n $(cd .millrace/orders && ls *.keys | sed 's/.keys//' | paste -sd,)"
    )
    #expect(queue.output == "")
    let resumed = try millrace.run("small.toml", "--executor", "slurm")
    #expect(try resumed.outputs == InterruptionTests.undisturbed.get())
  }
}
