import Formats
import PipelineFixtures
import Testing

struct VocabularyTests {
  private static let text = "b a\na b c\na <unk> d\n"

  @Test(arguments: [
    ("", "<pad> <unk> a b \\<unk> c d"),
    ("minimum-count = 2", "<pad> <unk> a b"),
    ("size = 5", "<pad> <unk> a b \\<unk>"),
    ("boundaries = true\nsize = 5", "<pad> <unk> <s> </s> a"),
  ])
  func `tokens are kept by falling count, ties by their bytes`(
    _ options: String, _ tokens: String
  ) throws {
    let result = try run(options)
    let found = try lines(result.text("learn-vocabulary")).map { $0.prefix { $0 != "\t" } }
    #expect(found.joined(separator: " ") == tokens)
    #expect(try result.fact("learn-vocabulary", "entries")?.intValue == found.count)
  }

  @Test func `special tokens have count 0 and others their own`() throws {
    let result = try run("size = 4")
    #expect(
      try lines(result.text("learn-vocabulary")) == ["<pad>\t0", "<unk>\t0", "a\t3", "b\t2"])
  }

  @Test func `what other parts do not know is counted`() throws {
    let result = try run("measure = \"split\"\nsize = 3")
    #expect(
      try result.fact("learn-vocabulary", "unknown.train")?["unknown-tokens"]?.intValue ?? 0 > 0)
    #expect(
      try result.fact("learn-vocabulary", "unknown.test")
        == ["tokens": 2, "unknown-tokens": 2, "types": 2, "unknown-types": 2])
  }

  private func run(_ options: String) throws -> PipelineResult {
    let result = try TemporaryPipeline(files: ["a.txt": Self.text + "x y\n"]).run(
      """
      [stage.load]
      files = { text = "a.txt" }
      [stage.split]
      from = "load"
      shuffle = false
      parts = { train = 3, test = "rest" }
      [stage.learn-vocabulary]
      from = "split.train"
      \(options)
      """)
    if let failure = result.failure { throw failure }
    return result
  }
}
