import Foundation
import Testing

/// Stages carried out in processes of their own.
@Suite(.serialized, .timeLimit(.minutes(120))) struct IsolationTests {
  @Test func `processes of their own give what threads give, and tell as much`() throws {
    let millrace = try SmallPipeline.millrace(SmallPipeline.definition)
    let outcome = try millrace.run("small.toml", "--isolate", "--jobs", "2")
    #expect(outcome.exitCode == 0)
    #expect(outcome.ran.count == SmallPipeline.stageCount)
    #expect(try outcome.outputs == SmallPipeline.outputs.get())
    #expect(
      outcome.finished.output.contains("\"event\":\"said\",\"stage\":\"train\",\"text\":\"epoch 1"))
    #expect(try millrace.run("small.toml").last["ran"] as? Int == 0)
    #expect(millrace.leftovers == [])
  }

  @Test func `a stage whose process is killed fails alone`() throws {
    let millrace = try SmallPipeline.millrace(
      """
      [stage.dies]
      kind = "command"
      command = "kill -9 $(ps -o ppid= -p $$)"
      shell = true
      columns = ["text"]
      rows = "new"

      [stage.lives]
      kind = "command"
      command = "echo '{\\"text\\": \\"a\\"}'"
      shell = true
      columns = ["text"]
      rows = "new"
      """)
    let outcome = try millrace.run("small.toml", "--isolate")
    #expect(outcome.exitCode == 1)
    #expect(outcome.stages("failed") == ["dies"])
    #expect(outcome.ran == ["lives"])
    let problem = outcome.stages["dies"]?["problem"] as? String ?? ""
    #expect(problem.contains("the process of 'dies' was killed"))
  }

  @Test(arguments: [SIGTERM, SIGINT])
  func `a run that is asked to stop lets its processes come to a checkpoint`(
    signal: Int32
  ) throws {
    let millrace = try SmallPipeline.millrace(SmallPipeline.endlessTraining)
    let running = try millrace.start(
      [Millrace.program.path, "run", "small.toml", "--isolate", "--json"])
    #expect(running.waits(for: "\"epoch 2 "))
    running.signal(signal)
    let stopped = RunOutcome(running.finish())
    #expect(stopped.exitCode == 75)
    #expect(stopped.stages("stopped") == ["train"])
    let resumed = try millrace.run(
      "small.toml", "--isolate", "--set", "train.epochs=\(stopped.epoch)")
    #expect((resumed.stages["train"]?["summary"] as? String)?.contains("(resumed)") == true)
    #expect(try resumed.outputs == SmallPipeline.undisturbed(epochs: stopped.epoch))
  }

  @Test func `printed jobs carry a pipeline out wave by wave, until nothing is left to print`()
    throws
  {
    let millrace = try SmallPipeline.millrace(SmallPipeline.definition)
    let loop = """
      n=0; while jobs=$(millrace run small.toml --print-jobs) && [ -n "$jobs" ]; do
        echo "$jobs" | sh > /dev/null || exit 1; n=$((n+1)); done; echo $n
      """
    let finished = try millrace.shell(loop)
    #expect(finished.exitCode == 0)
    #expect(finished.output == "\(SmallPipeline.stageCount)\n")
    #expect(try millrace.run("small.toml").outputs == SmallPipeline.outputs.get())
  }

  @Test func `a worker says what is wrong with what it is given`() throws {
    let millrace = try SmallPipeline.millrace(SmallPipeline.definition)
    _ = try millrace.run("small.toml", "load")
    #expect(try millrace("work").errors.contains("no key is given"))
    #expect(try millrace("work", "abc").errors.contains("'abc' is no key"))
    let unknown = try millrace("work", String(repeating: "0", count: 64))
    #expect(unknown.exitCode == 2)
    #expect(unknown.errors.contains("has no order on 000000000000"))
  }
}
