import Fixtures
import Foundation
import Testing

/// Results that are computed again, through the built program.
@Suite(.timeLimit(.minutes(120)))
struct VerifyTests {
  @Test func `every stage of a pipeline gives the same bytes again`() throws {
    let millrace = try SmallPipeline.millrace()
    let first = try millrace.run("small.toml")
    let one = try millrace("verify", "small.toml", "--rebuild", "train", "--rebuild", "split")
    #expect(one.exitCode == 0)
    #expect(one.output.contains(/the same +train/) && one.output.contains(/the same +split/))
    let all = try millrace("verify", "--deep", "--within", "2h")
    #expect(all.exitCode == 0, "\(all.output)\(all.errors)")
    #expect(all.output.contains("all sound"))
    #expect(
      all.output.contains("\(SmallPipeline.stageCount) stages computed again: 8 the same\n"))
    #expect(try millrace.run("small.toml").outputs == first.outputs)
    #expect(millrace.leftovers == [])
  }

  @Test func `a stage that gives something else now is named with 4, its line and its byte`() throws
  {
    let millrace = try Millrace(files: [
      "rows.csv": "text\na dog\na cat\n",
      "own.toml": """
      [stage.load]
      path = "rows.csv"
      text = "text"

      [stage.own]
      kind = "command"
      from = "load"
      command = "sed s/cat/$$/"
      shell = true
      """,
    ])
    #expect(try millrace("run", "own.toml").exitCode == 0)
    let verified = try millrace("verify", "own.toml", "--rebuild", "own")
    #expect(verified.exitCode == 4)
    #expect(verified.output.contains(/DIFFERENT +own\.table: line 3, byte \d+ of it, byte \d+ of/))
    #expect(try millrace("verify", "own.toml", "--rebuild", "load").exitCode == 0)
    #expect(try millrace("verify").exitCode == 0)
    #expect(try millrace("run", "own.toml").output.contains("0 ran, 2 cached"))
    let deep = try millrace("verify", "--deep", "own.toml")
    #expect(deep.exitCode == 4)
    #expect(deep.output.contains("2 stages computed again: 1 the same, 1 different"))
  }

  @Test func `time that is over leaves stages for another day`() throws {
    let millrace = try SmallPipeline.millrace()
    try millrace("run", "small.toml")
    let none = try millrace("verify", "--deep", "--within", "0")
    #expect(none.exitCode == 0)
    #expect(none.output.contains("0 stages computed again: 0 the same; no time for 8 more"))
  }

  @Test func `a stage without a result fails with 1, and what is asked for must be clear`() throws {
    let millrace = try SmallPipeline.millrace()
    try millrace("run", "small.toml", "clean")
    let absent = try millrace("verify", "small.toml", "--rebuild", "train")
    #expect(absent.exitCode == 1)
    #expect(absent.output.contains(/no result +train/))
    for (words, problem) in [
      ("small.toml --rebuild trian", "trian"), ("--rebuild train", "verify"),
      ("--within 3m", "--within"), ("small.toml --deep --rebuild train", "--deep"),
      ("small.toml", "verify"),
    ] {
      let refused = try millrace.shell("millrace verify \(words)")
      #expect(refused.exitCode == 2, "\(words)")
      #expect(refused.errors.contains(problem), "\(words)")
    }
  }
}
