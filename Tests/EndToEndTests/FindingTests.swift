import Fixtures
import Foundation
import Testing

/// Finding one's way by the built program: what is wrong, what was warned of, what is kept and where.
@Suite(.serialized) struct FindingTests {
  private static let definition = SmallPipeline.definition.replacing(
    "embedding = 4\nhidden = 4\nclip-norm = 1\nepochs = 2", with: "model = \"naive-bayes\"")

  private static func millrace(
    _ definition: String = definition, rows: String? = nil
  ) throws -> Millrace {
    try Millrace(files: [
      "small.toml": definition, "rows.csv": try rows ?? SmallPipeline.rows(120),
    ])
  }

  @Test(arguments: [
    ("text = \"description\"", "text = \"descripton\"", 6, "did you mean 'description'?"),
    ("label = \"category\"", "label = 9", 7, "no column 9: records have"),
    ("text = \"description\"", "template = \"{category}: {descripton}\"", 6, "did you mean"),
  ])
  func `check reads the first rows and points at the option of a column that is not there`(
    right: String, wrong: String, line: Int, problem: String
  ) throws {
    let millrace = try Self.millrace(Self.definition.replacing(right, with: wrong))
    let checked = try millrace("check", "small.toml")
    #expect(checked.exitCode == 2)
    #expect(checked.output.contains("small.toml:\(line):1: error: "), "\(checked.output)")
    #expect(checked.output.contains(problem) && checked.output.contains("rows.csv:1"))
  }

  @Test(arguments: [
    ("load.path=cut.csv.gz", "--set:1:11: error: 'cut.csv.gz' ends in the middle", "          ^~~"),
    ("load.text=foo", "--set:1:11: error: no column 'foo' in the header (", "          ^~~"),
    ("load.path=short.csv", "short.csv:2: error: expected 2 fields, found 1\n", ""),
  ])
  func `check points at the setting, or at the line of data, that is wrong`(
    setting: String, problem: String, mark: String
  ) throws {
    let millrace = try Self.millrace()
    try millrace.folder.write("short.csv", "description,category\nshort\nc,b\n")
    try millrace.shell("gzip -c rows.csv | head -c 500 > cut.csv.gz")
    let checked = try millrace("check", "small.toml", "--set", setting)
    #expect(checked.exitCode == 2)
    #expect(checked.output.hasPrefix(problem), "\(checked.output)")
    let excerpt = mark.isEmpty ? "    2 | short" : "    1 | \(setting)\n      | \(mark)"
    #expect(checked.output.contains(excerpt), "\(checked.output)")
    #expect(checked.output.hasSuffix("1 error, 0 warnings\n"))
  }

  @Test func `check tells again what stages warned of, as long as their results are current`()
    throws
  {
    let rows = try SmallPipeline.rows(60)
    let twice = rows + rows.split(separator: "\n").dropFirst().map { $0 + "\n" }.joined()
    let millrace = try Self.millrace(rows: twice)
    #expect(try millrace("check", "small.toml").output.contains("no problems"))
    let ran = try millrace("run", "small.toml")
    #expect(ran.errors.matches(of: /share texts/).count == 1, "\(ran.errors)")
    let scores = try millrace("show", "small.toml", "evaluate", "--json").json as? [String: Any]
    #expect((scores?["rows-also-in-train"] as? Int ?? 0) > 0)
    let again = try millrace("run", "small.toml")
    #expect(!again.errors.contains("share texts"))
    let checked = try millrace("check", "small.toml")
    #expect(checked.exitCode == 0)
    #expect(checked.output.contains("warning: the parts share texts"), "\(checked.output)")
    let other = try millrace("check", "small.toml", "--set", "split.seed=9")
    #expect(other.output.contains("no problems"))
  }

  @Test func `a pin is shown by its name: what it keeps, or the one artifact`() throws {
    let millrace = try Self.millrace()
    try millrace("run", "small.toml")
    try millrace("pin", "small.toml", "split", "--name", "parts")
    try millrace("pin", "small.toml", "split.test", "--name", "rows")
    let several = try millrace("show", "parts")
    #expect(several.exitCode == 0, "\(several.errors)")
    #expect(several.output.contains("pin parts: small.toml split"))
    #expect(several.output.contains("train") && several.output.contains("test"))
    let one = try millrace("show", "rows", "--raw")
    #expect(one.exitCode == 0 && one.output.hasPrefix("line\t"))
    #expect(try millrace("show", "nosuch").exitCode == 2)
  }

  @Test func `two definitions share a store, and gc says which of them each row and size is of`()
    throws
  {
    let millrace = try Self.millrace()
    try millrace.folder.write(
      "other.toml", Self.definition.replacing("size = 300", with: "size = 50"))
    try millrace("run", "small.toml", "--set", "vocabulary.size=99")
    try millrace("run", "small.toml")
    let shared = try millrace("run", "other.toml", "--json").jsonLines.last
    #expect(shared?["cached"] as? Int == 4)
    let usage = try #require(
      (try millrace("gc", "--usage", "--json").json as? [String: Any])?["stages"]
        as? [[String: Any]])
    let vocabularies = usage.filter { $0["stage"] as? String == "vocabulary" }
    #expect(
      Set(vocabularies.compactMap { ($0["definition"] as? String)?.split(separator: "/").last })
        == ["small.toml", "other.toml"])
    #expect(vocabularies.compactMap { $0["results"] as? Int }.sorted() == [1, 2])
    let loaded = usage.filter { $0["stage"] as? String == "load" }
    let others = loaded.compactMap { $0["other-definitions"] as? [String] }
    #expect(loaded.count == 1 && others.map(\.count) == [1])
    let text = try millrace("gc", "--usage").output
    #expect(text.contains(" in all") && text.contains(".toml  +1 "))
    #expect(text.contains("+1: so many other definitions have it too"))
    let plan = try millrace("gc", "--older-than", "0", "--runs", "0", "--json").json
    let removed = try #require((plan as? [String: Any])?["removed"] as? [[String: Any]])
    #expect(!removed.isEmpty)
    #expect(removed.allSatisfy { ($0["definition"] as? String)?.hasSuffix("small.toml") == true })
    #expect(try millrace("gc", "--yes", "--usage").exitCode == 2)
  }

  @Test func `test scores kept for the end are computed and shown only with final, and counted`()
    throws
  {
    let parts = "parts = { train = 0.6, valid = 0.2, test = 0.2 }"
    let validate = """

      [stage.validate]
      kind = "evaluate"
      from = "binarize.valid"
      model = "train"
      """
    let millrace = try Self.millrace(
      "test = \"final\"\n"
        + Self.definition.replacing("parts = { train = 0.8, test = 0.2 }", with: parts) + validate)
    let ran = try millrace.run("small.toml")
    #expect(ran.stages["validate"] != nil && ran.stages["evaluate"] == nil)
    for words in [["show", "small.toml", "evaluate"], ["run", "small.toml", "evaluate"]] {
      let refused = try millrace.start([Millrace.program.path] + words).finish()
      #expect(refused.exitCode == 2 && refused.errors.contains("add --final"), "\(refused.errors)")
    }
    #expect(!(try millrace("status", "small.toml").output.contains("evaluate")))
    let first = try millrace("run", "small.toml", "--final")
    #expect(first.output.contains("evaluate") && first.errors.contains("asked for 1 time"))
    let shown = try millrace("show", "small.toml", "evaluate", "--final", "--json")
    #expect((shown.json as? [String: Any])?["accuracy"] is Double)
    #expect(shown.errors.contains("asked for 2 times"))
    #expect(
      !(try millrace("table", "small.toml", "train.smoothing=0.1,1.0").errors.contains("asked")))
    let plain = try Self.millrace()
    #expect(try plain("run", "small.toml", "--final").exitCode == 2)
  }
}
