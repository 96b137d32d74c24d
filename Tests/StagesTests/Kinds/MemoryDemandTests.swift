import Diagnostics
import PipelineFixtures
import Pipelines
import Testing

/// What cannot fit is told before it is tried.
struct MemoryDemandTests {
  /// More than any machine has: some 280 TB.
  private static let huge = ["train.hidden=65536", "train.layers=64"]

  @Test func `the check warns of a model that no memory holds, with both sizes`() throws {
    let pipeline = try Toy.pipeline()
    let plan = try pipeline.plan(Toy.definition(""), set: Self.huge)
    let warning = try #require(plan.warnings.first { $0.message.problem.hasPrefix("training ") })
    #expect(warning.place?.line == 16)
    #expect(
      warning.message.problem.contains(
        /training [0-9,]+ parameters would need at least \d+ GB; this machine gives \d+(\.\d)? GB/))
    #expect(warning.message.remedy?.contains("narrower") == true)
  }

  @Test func `a model that fits is not warned of`() throws {
    #expect(try Toy.pipeline().plan(Toy.definition("epochs = 1")).warnings == [])
  }

  @Test func `batches that no memory holds are told as far as options limit rows`() throws {
    let padded = Toy.definition("")
      .replacing("from = \"split\"\nvocabulary", with: "from = \"pad\"\nvocabulary")
      .replacing(
        "[stage.words]", with: "[stage.pad]\nfrom = \"split\"\nlength = 10000\n[stage.words]")
    let pipeline = try Toy.pipeline()
    let large = ["train.batch-size=1000000"]
    let warnings = try pipeline.plan(padded, set: large).warnings.map(\.message.problem)
    #expect(warnings.count == 1, "\(warnings)")
    #expect(
      warnings.first?.contains(
        /training [0-9,]+ parameters in batches of up to 10,000,000,000 tokens would need about \d+ GB/
      ) == true, "\(warnings)")
    #expect(try pipeline.plan(padded).warnings == [])
    let measured = padded.replacing("length = 10000\n", with: "")
    #expect(try pipeline.plan(measured, set: large).warnings == [])
  }

  @Test func `padding that neither memory nor the disk holds is refused before it is written`()
    throws
  {
    let pipeline = try TemporaryPipeline(
      files: ["rows.txt": String(repeating: "a b c\n", count: 200_000)])
    let failure = try pipeline.run(
      """
      [stage.load]
      files = { text = "rows.txt" }
      [stage.pad]
      from = "load"
      length = 1000000
      """
    ).failure
    #expect(
      failure?.message.problem.hasPrefix("filling 200,000 rows up to 1,000,000 tokens would ")
        == true, "\(failure as Any)")
    #expect(failure?.message.remedy?.contains("smaller length") == true)
  }

  @Test func `the memory of padding is that of the rows that are filled at a time`() throws {
    let text = String(repeating: "a\n", count: 400_000)
    let pipeline = try TemporaryPipeline(files: ["a.txt": text, "b.txt": text])
    let failure = try pipeline.run(
      """
      [stage.load]
      files = { source = "a.txt", target = "b.txt" }
      [stage.pad]
      from = "load"
      length = 1000000
      """, cores: 2
    ).failure
    let problem = try #require(failure?.message.problem)
    let size = try #require(problem.firstMatch(of: /would need about (\d+) GB/)?.1, "\(problem)")
    // Five times 256 KB of lines of 9 to 11 bytes, each with two fields of 6 MB.
    #expect((1_400...1_800).contains(try #require(Int(size))), "\(problem)")
  }

  @Test func `a stage whose model does not fit fails before it takes memory`() throws {
    let failure = try Toy.pipeline().run(Toy.definition(""), set: Self.huge).failure
    #expect(failure?.message.problem.contains("would need at least") == true, "\(failure as Any)")
  }

  @Test func `sentences too long to compare word by word fail before memory is taken`() throws {
    let text = String(repeating: "a ", count: 600_000) + "b"
    let pipeline = try TemporaryPipeline(
      files: ["pairs.tsv": "hypothesis\treference\n\(text)\t\(text)\n"])
    let failure = try pipeline.run(
      """
      [stage.load]
      path = "pairs.tsv"
      keep = ["hypothesis", "reference"]
      [stage.evaluate]
      from = "load"
      metrics = "ter"
      """
    ).failure
    #expect(failure?.message.problem.hasPrefix("finding the edits") == true, "\(failure as Any)")
  }
}
