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
