import Artifacts
import Digests
import Fixtures
import PipelineFixtures
import Pipelines
import Testing

/// Files of every layout whose rows are lines, loaded again after edits.
struct LoadedFilesTests {
  private static let definition = """
    [stage.json]
    kind = "load"
    path = "rows.jsonl"
    text = "t"
    label = "tag.name"
    label-pattern = "[xyz]"
    [stage.fasttext]
    kind = "load"
    path = "rows.txt"
    format = "fasttext"
    [stage.classes]
    kind = "load"
    classes = { x = "x.txt", other = ["y.txt", "z.txt"] }
    [stage.pairs]
    kind = "load"
    files = { source = "source.txt", target = "target.txt" }
    """
  private static let stages = ["json", "fasttext", "classes", "pairs"]

  /// The texts and labels of rows, as the files of each layout.
  private static func files(_ rows: EditedRows) -> [String: String] {
    var files = ["x.txt": "", "y.txt": "", "z.txt": ""]
    var (json, fastText, source, target) = ("", "", "", "")
    for row in rows.rows {
      let fields = row.split(separator: "\"", omittingEmptySubsequences: false)
      let label = String(fields[2].dropFirst().prefix(1))
      let written = fields[1].replacing("\n", with: "\\n")
      json += #"{"t": "\#(written)", "tag": {"name": "\#(label)!"}}"# + "\n"
      let text = fields[1].replacing("\n", with: "\r")
      fastText += "__label__\(label) \(text)\n"
      source += text + "\r\n"
      target += "\(label)\(text.count)\n"
      files["\(label).txt", default: ""] += text + "\n"
    }
    files["rows.jsonl"] = json
    files["rows.txt"] = fastText
    files["source.txt"] = source
    files["target.txt"] = target
    return files
  }

  @Test(arguments: 1...3)
  func `any edits give the bytes and facts of a run that knows nothing`(seed: UInt64) throws {
    var random = SeededNumbers(seed: seed)
    let least = Int.random(in: 60...400, using: &random)
    let sizes = ChunkSizes(
      least: least, usual: least * Int.random(in: 2...4, using: &random), most: least * 6)
    var rows = EditedRows(200, seed: seed * 50)
    let pipeline = try TemporaryPipeline(chunkSizes: sizes)
    var known: [String: Int] = [:]
    for _ in 0..<6 {
      let edit = rows.edit()
      let files = Self.files(rows)
      for (name, text) in files { try pipeline.folder.write(name, text) }
      let found = try pipeline.run(Self.definition)
      let expected = try TemporaryPipeline(files: files).run(Self.definition)
      #expect(found.failure == nil, "\(edit)")
      for stage in Self.stages {
        let (record, other) = (try found.record(stage), try expected.record(stage))
        #expect(record.outputs == other.outputs, "\(stage) after \(edit)")
        known[stage, default: 0] += record.computedRows.map { $0.read - $0.computed } ?? 0
      }
    }
    for stage in Self.stages { #expect(known[stage] ?? 0 > 100, "\(stage)") }
  }

  @Test func `ten rows more cost a chunk of each file`() throws {
    let rows = EditedRows(2_000, seed: 3)
    let pipeline = try TemporaryPipeline(
      files: Self.files(rows), chunkSizes: ChunkSizes(least: 500, usual: 1_000, most: 4_000))
    _ = try pipeline.run(Self.definition)
    let more = Self.files(EditedRows(10, seed: 5))
    for (name, text) in Self.files(rows) {
      try pipeline.folder.write(name, text + (more[name] ?? ""))
    }
    let result = try pipeline.run(Self.definition)
    for stage in Self.stages {
      let told = try #require(try result.record(stage).computedRows, "\(stage)")
      #expect((10..<400).contains(told.computed), "\(stage): \(told)")
      #expect(told.read == 2_010, "\(stage): \(told)")
    }
  }

  @Test(arguments: [
    (#"text = "both.txt""#, #"source = "one.txt", target = "two.txt""#),
    (#"source = "one.txt", target = "two.txt""#, #"text = "both.txt""#),
    (#"text = "one.txt", label = "two.txt""#, #"label = "one.txt", text = "two.txt""#),
  ])
  func `lines of line-aligned files that become other columns are other rows`(
    before: String, after: String
  ) throws {
    func definition(_ files: String) -> String {
      let pattern = files.contains("label") ? #"label-pattern = "[a-z]""# : ""
      return """
        [stage.pairs]
        kind = "load"
        files = { \(files) }
        \(pattern)
        """
    }
    let files = [
      "one.txt": "x1\ny2\n", "two.txt": "z3\nx4\n", "both.txt": "x1\nz3\ny2\nx4\n",
    ]
    let pipeline = try TemporaryPipeline(files: files)
    _ = try pipeline.run(definition(before))
    let found = try pipeline.run(definition(after))
    let expected = try TemporaryPipeline(files: files).run(definition(after))
    #expect(found.failure == nil && expected.failure == nil)
    #expect(try found.text("pairs") == expected.text("pairs"))
  }
}
