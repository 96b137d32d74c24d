import Fixtures
import Foundation
import Testing

/// Several processes, jobs and cores: the work is done once and the bytes are the same.
@Suite struct SharingTests {
  @Test(arguments: ["kernel", "leases"])
  func `two processes on one store at once do the work once`(locks: String) throws {
    let millrace = try SmallPipeline.millrace(SmallPipeline.longTraining)
    let runs = try (0..<2).map { _ in
      try millrace.start(
        [Millrace.program.path, "run", "small.toml", "--json"],
        environment: ["MILLRACE_LOCKS": locks])
    }
    let outcomes = runs.map { RunOutcome($0.finish()) }
    #expect(outcomes.allSatisfy { $0.exitCode == 0 })
    #expect(outcomes[0].outputs == outcomes[1].outputs)
    #expect(outcomes[0].ran.isDisjoint(with: outcomes[1].ran))
    #expect(outcomes[0].ran.count + outcomes[1].ran.count == SmallPipeline.stageCount)
  }

  @Test func `what keeps processes apart is one of two words`() throws {
    let refused = try SmallPipeline.millrace()(
      "run", "small.toml", environment: ["MILLRACE_LOCKS": "lease"])
    #expect(refused.exitCode == 2)
    #expect(refused.errors.contains("$MILLRACE_LOCKS is 'lease'; did you mean 'leases'?"))
  }

  @Test func `two definitions with common stages share them`() throws {
    let millrace = try SmallPipeline.millrace()
    let other = SmallPipeline.definition.replacing("hidden = 4", with: "hidden = 8")
    try millrace.folder.write("other.toml", other)
    let both = try millrace("run", "small.toml", "other.toml", "--json")
    let counts = both.jsonLines.filter { $0["event"] as? String == "finished" }
    #expect(counts.map { $0["ran"] as? Int } == [8, 2])
  }

  @Test(arguments: [
    "--jobs 2 --cores 2", "--jobs 1 --cores 2", "--jobs 2 --cores 1", "--jobs 3 --cores 5",
  ])
  func `jobs and cores change no byte`(options: String) throws {
    let one = try SmallPipeline.millrace()
    let plain = RunOutcome(
      try one.shell("millrace run small.toml --jobs 1 --cores 1 --json"))
    let other = RunOutcome(
      try SmallPipeline.millrace().shell("millrace run small.toml \(options) --json"))
    #expect(other.exitCode == 0)
    #expect(other.outputs == plain.outputs)
  }

  @Test func `a process bound to one core gives the same bytes`() throws {
    let plain = try SmallPipeline.millrace().run("small.toml")
    let millrace = try SmallPipeline.millrace()
    let program = Millrace.program.path
    let bound = RunOutcome(
      try millrace.shell("taskset -c 0 '\(program)' run small.toml --json"))
    #expect(bound.outputs == plain.outputs)
  }

  @Test func `the store may be named by an option or by a variable`() throws {
    let millrace = try SmallPipeline.millrace()
    try millrace("run", "small.toml", "--store", "shared")
    let again = try millrace(
      "run", "small.toml", "--json", environment: ["MILLRACE_STORE": millrace.folder.path("shared")]
    )
    #expect(RunOutcome(again).last["ran"] as? Int == 0)
    #expect(!FileManager.default.fileExists(atPath: millrace.folder.path(".millrace")))
  }
}
