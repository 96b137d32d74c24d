import Fixtures
import Foundation
import Testing

/// The history of a store, as `runs` lists it, and what is found again through it.
@Suite(.serialized) struct RunsTests {
  private static let definition =
    SmallPipeline.definition.split(separator: "\n", omittingEmptySubsequences: false)
    .prefix { !$0.hasPrefix("[stage.train]") }.joined(separator: "\n")

  private static func history(_ millrace: Millrace, _ words: String...) throws -> [[String: Any]] {
    let shown = try millrace.start([Millrace.program.path, "runs", "--json"] + words).finish()
    #expect(shown.exitCode == 0)
    let json = try JSONSerialization.jsonObject(with: Data(shown.output.utf8)) as? [String: Any]
    return try #require(json?["runs"] as? [[String: Any]])
  }

  @Test func `a run is listed with its name, its outcome and what changed since the one before`()
    throws
  {
    let millrace = try SmallPipeline.millrace(Self.definition)
    try millrace("run", "small.toml", "--name", "all words")
    try millrace("run", "small.toml", "--set", "vocabulary.size=200", "--name", "fewer words")
    try millrace("run", "small.toml", "--set", "vocabulary.size=200")
    let runs = try Self.history(millrace)
    #expect(runs.map { $0["name"] as? String } == [nil, "fewer words", "all words"])
    #expect(runs.map { $0["ran"] as? Int } == [0, 2, 6])
    #expect((runs[0]["changes"] as? [Any])?.isEmpty == true)
    #expect(runs[2]["changes"] is NSNull)
    let changes = try #require(runs[1]["changes"] as? [[String: Any]])
    #expect(changes.count == 1)
    #expect(changes[0]["stage"] as? String == "vocabulary")
    #expect(changes[0]["option"] as? String == "size")
    #expect(changes[0]["before"] as? String == "300")
    #expect(changes[0]["after"] as? String == "200")
    let text = try millrace("runs", "small.toml").output
    #expect(text.contains("vocabulary.size 300 → 200"))
    #expect(text.contains("nothing to do"))
    #expect(try Self.history(millrace, "--last", "1").count == 1)
    #expect(try Self.history(millrace, "other.toml").isEmpty)
  }

  @Test func `a run that failed names the stage, and a stage that is new is said to be`() throws {
    let millrace = try SmallPipeline.millrace(Self.definition)
    try millrace("run", "small.toml", "load")
    try millrace.folder.write("rows.csv", "something,else\n1,2\n")
    let failed = try millrace.start([Millrace.program.path, "run", "small.toml"]).finish()
    #expect(failed.exitCode == 1)
    let runs = try Self.history(millrace)
    #expect(runs[0]["failed"] as? [String] == ["load"])
    #expect(try millrace("runs").output.contains("failed: load"))
  }

  @Test func `the seed can be set, and is told as what changed`() throws {
    let millrace = try SmallPipeline.millrace(Self.definition)
    try millrace("run", "small.toml", "split")
    try millrace("run", "small.toml", "split", "--set", "seed=5")
    let runs = try Self.history(millrace)
    let changes = try #require(runs[0]["changes"] as? [[String: Any]])
    #expect(changes.map { $0["option"] as? String } == ["seed"])
    #expect(changes.map { $0["after"] as? String } == ["5"])
    let wrong = try millrace.start(
      [Millrace.program.path, "run", "small.toml", "--set", "seed=-1"]
    ).finish()
    #expect(wrong.exitCode == 2)
    #expect(wrong.errors.contains("--set:1:6: error: seed"))
  }

  @Test func `a bare table shows the sweep that was last written out`() throws {
    let millrace = try SmallPipeline.millrace()
    let bare = try millrace("table", "small.toml")
    #expect(bare.exitCode == 2)
    #expect(bare.errors.contains("has no sweep"))
    let words = ["train.hidden=2,3", "--best", "evaluate.accuracy max", "--set", "train.epochs=1"]
    let swept = try millrace.start([Millrace.program.path, "sweep", "small.toml"] + words).finish()
    #expect(swept.exitCode == 0)
    let written = try millrace.start([Millrace.program.path, "table", "small.toml"] + words)
      .finish()
    let again = try millrace("table", "small.toml", "--set", "train.epochs=1")
    #expect(written.exitCode == 0)
    #expect(again.output == written.output)
    #expect(try Self.history(millrace).first?["sweep"] as? String == "train.hidden=2,3")
  }
}
