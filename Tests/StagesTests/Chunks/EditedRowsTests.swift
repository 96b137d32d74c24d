import Artifacts
import Diagnostics
import Digests
import Files
import Fixtures
import Formats
import PipelineFixtures
import Pipelines
import Testing
import Text

/// Stages on rows that change a little give what they give on a store that knows nothing, and compute
/// the rows of changed chunks alone.
struct EditedRowsTests {
  private static let definition = """
    [stage.load]
    path = ["a.csv", "b.csv"]
    text = "text"
    label = "label"
    keep = ["extra"]
    [stage.clean]
    from = "load"
    lowercase = true
    html = true
    minimum-words = 2
    [stage.tokenize]
    from = "clean"
    [stage.split]
    from = "tokenize"
    parts = { train = 0.8, test = "rest" }
    [stage.learn-bpe]
    from = "split.train"
    merges = 30
    [stage.apply-bpe]
    from = "split"
    merges = "learn-bpe"
    [stage.vocabulary]
    kind = "learn-vocabulary"
    from = "apply-bpe.train"
    measure = "apply-bpe"
    [stage.all-words]
    kind = "learn-vocabulary"
    from = "tokenize"
    columns = ["text", "extra"]
    boundaries = true
    [stage.pad]
    from = "apply-bpe"
    percentile = 90
    [stage.padded]
    kind = "pad"
    from = "tokenize"
    length = 7
    side = "left"
    [stage.base]
    kind = "load"
    path = "base.csv"
    text = "text"
    [stage.words]
    kind = "learn-vocabulary"
    from = "base"
    boundaries = true
    [stage.ids]
    kind = "binarize"
    from = "tokenize"
    vocabulary = "words"
    [stage.padded-ids]
    kind = "binarize"
    from = "pad"
    vocabulary = "vocabulary"
    [stage.pairs]
    kind = "binarize"
    from = "tokenize"
    source = "text"
    target = "label"
    source-vocabulary = "words"
    target-vocabulary = "words"
    [stage.dealt]
    kind = "split"
    from = "tokenize"
    deal = "hash"
    parts = { train = 0.6, valid = 0.1, test = 0.2 }
    [stage.distinct]
    kind = "clean"
    from = "tokenize"
    drop-duplicates = ["text"]
    [stage.dropping]
    kind = "apply-bpe"
    from = "tokenize"
    merges = "learn-bpe"
    dropout = 0.2
    """
  private static let base = ["base.csv": "text\nthe cat sat on\na mat the\ndog the cat\n"]
  /// What tells how the work was done, and not what came of it.
  private static let ofTheRun: Set<String> = ["cores", "rows-computed", "rows-read"]

  @Test(arguments: 1...3)
  func `any edits give the bytes and facts of a run that knows nothing`(seed: UInt64) throws {
    var random = SeededNumbers(seed: seed)
    let least = Int.random(in: 60...400, using: &random)
    let sizes = ChunkSizes(
      least: least, usual: least * Int.random(in: 2...4, using: &random), most: least * 6)
    let pipeline = try TemporaryPipeline(files: Self.base, chunkSizes: sizes)
    var first = EditedRows(120, seed: seed * 100)
    var second = EditedRows(40, seed: seed * 100 + 1)
    var known = 0
    for _ in 0..<6 {
      let edit = Bool.random(using: &random) ? "a.csv: " + first.edit() : "b.csv: " + second.edit()
      let files = ["a.csv": first.csv, "b.csv": second.csv]
      for (name, text) in files { try pipeline.folder.write(name, text) }
      let found = try pipeline.run(Self.definition, cores: 2)
      let expected = try TemporaryPipeline(files: files.merging(Self.base) { $1 })
        .run(Self.definition)
      #expect(found.failure == nil, "\(edit)")
      for stage in expected.report.stages.map(\.stage) {
        let (record, other) = (try found.record(stage), try expected.record(stage))
        #expect(record.outputs == other.outputs, "\(stage) after \(edit)")
        #expect(
          record.facts.filter { !Self.ofTheRun.contains($0.name) }
            == other.facts.filter { !Self.ofTheRun.contains($0.name) }, "\(stage) after \(edit)")
        known += record.computedRows.map { $0.read - $0.computed } ?? 0
      }
      #expect(found.notices.map(\.message) == expected.notices.map(\.message))
    }
    #expect(known > 1_000)
  }

  @Test func `the rows of changed chunks are computed, and no others`() throws {
    let sizes = ChunkSizes(least: 300, usual: 600, most: 2_400)
    let pipeline = try TemporaryPipeline(files: Self.base, chunkSizes: sizes)
    var rows = EditedRows(600, seed: 9)
    var known: [String: Set<Digest>] = [:]
    let inputs = [
      "clean": "load", "tokenize": "clean", "all-words": "tokenize", "padded": "tokenize",
      "ids": "tokenize", "dealt": "tokenize",
    ]
    for _ in 0..<12 {
      let edit = rows.edit()
      for name in ["a.csv", "b.csv"] { try pipeline.folder.write(name, rows.csv) }
      let result = try pipeline.run(Self.definition)
      for (stage, input) in inputs {
        var reader = try TableChunkReader(
          result.store.openInput(try result.digest(input)), file: input, sizes: sizes)
        var (read, new) = (0, 0)
        var found: Set<Digest> = []
        while let chunk = try reader.next() {
          let digest = try #require(chunk.digest)
          read += chunk.rowCount
          if !known[stage, default: []].contains(digest) { new += chunk.rowCount }
          found.insert(digest)
        }
        known[stage, default: []].formUnion(found)
        let told = try result.record(stage).computedRows
        #expect((told?.computed ?? read) == new, "\(stage) after \(edit)")
        #expect(told == nil || told?.read == read, "\(stage) after \(edit)")
      }
    }
  }

  @Test func `ten rows more cost a chunk at each stage, and the run says so`() throws {
    let sizes = ChunkSizes(least: 500, usual: 1_000, most: 4_000)
    let rows = EditedRows(2_000, seed: 3)
    let pipeline = try TemporaryPipeline(
      files: Self.base.merging(["a.csv": rows.csv, "b.csv": EditedRows(5, seed: 4).csv]) { $1 },
      chunkSizes: sizes)
    _ = try pipeline.run(Self.definition)
    let more = EditedRows(10, seed: 5).rows.joined()
    try pipeline.folder.write("a.csv", rows.csv + more)
    let result = try pipeline.run(Self.definition)
    for stage in ["load", "clean", "tokenize", "all-words", "padded", "ids", "dealt"] {
      let told = try #require(try result.record(stage).computedRows, "\(stage)")
      #expect((1..<100).contains(told.computed), "\(stage): \(told)")
      #expect(told.read > 1_500)
      let report = try #require(result.report.stages.first { $0.stage == stage })
      #expect(report.json["rows-computed"]?.intValue == told.computed)
    }
    let again = try pipeline.run(Self.definition)
    #expect(again.report.stages.allSatisfy { $0.computedRows == nil })
  }

  @Test func `other options leave nothing to be used again`() throws {
    let pipeline = try TemporaryPipeline(
      files: Self.base.merging(
        ["a.csv": EditedRows(300, seed: 1).csv, "b.csv": EditedRows(9, seed: 2).csv]) { $1 },
      chunkSizes: ChunkSizes(least: 100, usual: 200, most: 800))
    _ = try pipeline.run(Self.definition)
    let result = try pipeline.run(Self.definition, set: ["clean.lowercase=false"])
    #expect(try result.record("clean").computedRows == nil)
    let renamed = try pipeline.run(
      Self.definition.replacing("[\"extra\"]", with: "[]").replacing(", \"extra\"", with: ""))
    #expect(try renamed.record("load").computedRows == nil)
    #expect(try renamed.record("clean").computedRows == nil)
  }

  @Test func `what was evicted, damaged or lost is computed`() throws {
    let rows = EditedRows(300, seed: 1)
    let pipeline = try TemporaryPipeline(
      files: Self.base.merging(
        ["a.csv": rows.csv, "b.csv": EditedRows(9, seed: 2).csv]) { $1 },
      chunkSizes: ChunkSizes(least: 100, usual: 200, most: 800))
    let before = try pipeline.run(Self.definition)
    try pipeline.store.evict([try before.digest("load"), try before.digest("clean")])
    try pipeline.folder.write("a.csv", rows.csv + "new row,x,1\n")
    let files = ["a.csv": rows.csv + "new row,x,1\n", "b.csv": EditedRows(9, seed: 2).csv]
    let result = try pipeline.run(Self.definition)
    #expect(try result.record("load").computedRows == nil)
    #expect(try result.record("clean").computedRows == nil)
    #expect(try result.record("tokenize").computedRows != nil)
    let expected = try TemporaryPipeline(files: files.merging(Self.base) { $1 })
      .run(Self.definition)
    #expect(try result.bytes("tokenize") == expected.bytes("tokenize"))
    #expect(pipeline.store.verifyAll().isSound)
  }

  @Test func `verifying a result computes all of its rows`() throws {
    let rows = EditedRows(200, seed: 1)
    let pipeline = try TemporaryPipeline(
      files: Self.base.merging(["a.csv": rows.csv, "b.csv": rows.csv]) { $1 },
      chunkSizes: ChunkSizes(least: 100, usual: 200, most: 800))
    let result = try pipeline.run(Self.definition)
    let path = "\(pipeline.store.root)/pieces"
    #expect(try !Folder.names(in: path).isEmpty)
    let rebuild = Rebuild(
      of: result.plan, in: pipeline.store, cores: 1, interruption: Interruption(),
      observer: SilentObserver())
    let stage = try #require(result.plan["clean"])
    let before = try Folder.names(in: path)
    guard case .same = try rebuild.outcome(of: stage) else {
      Issue.record("clean gives other bytes")
      return
    }
    #expect(try Folder.names(in: path) == before)
  }

  @Test func `a hash lets rows keep their parts, and dealing them out costs the new chunks`() throws
  {
    let rows = EditedRows(2_000, seed: 6)
    let more = EditedRows(40, seed: 7)
    let definition = """
      [stage.load]
      path = "a.csv"
      text = "text"
      label = "label"
      keep = ["extra"]
      [stage.split]
      from = "load"
      deal = "hash"
      parts = { train = 0.7, valid = 0.1, test = "rest" }
      """
    let pipeline = try TemporaryPipeline(
      files: ["a.csv": rows.csv], chunkSizes: ChunkSizes(least: 500, usual: 900, most: 4_000))
    let before = try pipeline.run(definition)
    try pipeline.folder.write("a.csv", rows.csv + more.rows.joined())
    let after = try pipeline.run(definition)
    var count = 0
    for (part, share) in [("train", 0.7), ("valid", 0.1), ("test", 0.2)] {
      let old = try before.table("split.\(part)")
      let new = try after.table("split.\(part)")
      #expect(new.starts(with: old), "\(part)")
      #expect(abs(Double(old.count) - share * 2_000) < 80, "\(part): \(old.count)")
      count += new.count - 1
    }
    #expect(count == 2_040)
    let told = try #require(try after.record("split").computedRows)
    #expect((1...200).contains(told.computed) && told.read == 2_040)
    let fresh = try TemporaryPipeline(files: ["a.csv": rows.csv + more.rows.joined()])
    #expect(try fresh.run(definition).record("split").outputs == after.record("split").outputs)
    let reseeded = try pipeline.run(definition, set: ["split.seed=5"])
    #expect(try reseeded.table("split.valid") != after.table("split.valid"))
  }
}

private struct SilentObserver: RunObserver {
  func observe(_ event: RunEvent) {}
}
