import Fixtures
import Foundation
import Testing

/// Results that go from one store to another, and are hits there.
@Suite struct ExchangeCommandTests {
  @Test func `what one store has is copied by a run that has it as its cache`() throws {
    let millrace = try SmallPipeline.millrace()
    let made = try millrace.run("small.toml", "--store", "theirs")
    let run = try millrace.run("small.toml", "--store", "ours", "--cache", "theirs")
    #expect(run.last["ran"] as? Int == 0)
    #expect(run.outputs == made.outputs)
    // What was copied needs the cache no more.
    try FileManager.default.removeItem(atPath: millrace.folder.path("theirs"))
    let again = try millrace.run("small.toml", "--store", "ours")
    #expect(again.last["ran"] as? Int == 0)
    #expect(try millrace("verify", "--store", "ours").exitCode == 0)
  }

  @Test func `a cache that only misses something leaves that to the run`() throws {
    let millrace = try SmallPipeline.millrace()
    try millrace("run", "small.toml", "split", "--store", "theirs")
    let run = RunOutcome(
      try millrace(
        "run", "small.toml", "--store", "ours", "--json",
        environment: ["MILLRACE_CACHE": millrace.folder.path("theirs")]))
    #expect(run.last["ran"] as? Int == 4 && run.last["cached"] as? Int == 4)
    let away = try millrace(
      "run", "small.toml", "--store", "ours", "--json",
      environment: ["MILLRACE_CACHE": millrace.folder.path("not there")])
    #expect(away.exitCode == 0 && away.errors.isEmpty)
    let wrong = try millrace("run", "small.toml", "--cache", "nowhere")
    #expect(wrong.exitCode == 2 && wrong.errors.contains("there is no store 'nowhere'"))
  }

  @Test func `push and pull copy a definition, one stage with what it needs, or all`() throws {
    let millrace = try SmallPipeline.millrace()
    try millrace("run", "small.toml")
    try expect(millrace, "push shared small.toml split", copied: 4, present: 0, missing: 0)
    try expect(millrace, "push shared small.toml", copied: 4, present: 4, missing: 0)
    try expect(millrace, "push shared", copied: 0, present: 8, missing: 0)
    try expect(
      millrace, "pull shared small.toml split --store new", copied: 4, present: 0, missing: 0)
    try expect(millrace, "pull shared --store new", copied: 4, present: 4, missing: 0)
    #expect(try millrace.run("small.toml", "--store", "new").last["ran"] as? Int == 0)
  }

  @Test func `a pin is pulled by its name`() throws {
    let millrace = try SmallPipeline.millrace()
    try millrace("run", "small.toml")
    try millrace("pin", "small.toml", "train", "--name", "best")
    try expect(millrace, "pull . best --store new", copied: 1, present: 0, missing: 0)
  }

  @Test(arguments: [
    ("pull nowhere", "there is no store 'nowhere'"),
    ("push .", "is the store itself"),
    ("push shared unknown", "'unknown' is neither a definition nor a pin"),
    ("push shared small.toml unknown", "there is no stage 'unknown'"),
  ])
  func `words that name nothing are told`(line: String, told: String) throws {
    let millrace = try SmallPipeline.millrace()
    try millrace("run", "small.toml", "load")
    let finished = try millrace.shell("millrace \(line)")
    #expect(finished.exitCode == 2)
    #expect(finished.errors.contains(told), "\(finished.errors)")
  }

  private func expect(
    _ millrace: Millrace, _ line: String, copied: Int, present: Int, missing: Int,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let finished = try millrace.shell("millrace \(line) --json")
    let counts = try #require(
      try JSONSerialization.jsonObject(with: Data(finished.output.utf8)) as? [String: Any],
      "\(finished.errors)", sourceLocation: sourceLocation)
    #expect(
      [counts["copied"], counts["present"], counts["missing"]].map { $0 as? Int }
        == [copied, present, missing], sourceLocation: sourceLocation)
  }
}
