import Artifacts
import Testing

/// Merges learned and applied, on subword-nmt's own small example.
struct SubwordTests {
  private static let files = [
    "train.txt": """
    low low low low low
    lower lower
    newest newest newest newest newest newest
    widest widest widest

    """,
    "new.txt": "lowest widest GREATlow\nnewer\n",
    "counts.txt": "low\n",
  ]

  private static let learned = """
    seed = 4
    [stage.load]
    files = { text = "train.txt" }
    [stage.merges]
    kind = "learn-bpe"
    from = "load"
    merges = 8
    [stage.new]
    kind = "load"
    files = { text = "new.txt" }

    """

  @Test func `merges are learned by falling count`() throws {
    let result = try run("")
    #expect(
      try lines(result.text("merges")).prefix(5) == [
        "#version: 0.2", "e s", "es t</w>", "l o", "e w",
      ])
    #expect(try result.fact("merges", "merges") == 8)
  }

  @Test(arguments: [
    ("", "lo@@ w@@ est</w> w"),
    ("separator = \"__\"", "lo__"),
  ])
  func `apply-bpe cuts words the merges do not cover`(
    _ options: String, _ start: String
  ) throws {
    let result = try run(apply(options))
    let joined = try result.table("pieces")[1].dropFirst(2)
    let separator = options.isEmpty ? "@@ " : "__ "
    #expect(joined.replacing(separator, with: "") == "lowest widest GREATlow")
    #expect(joined.hasPrefix(start.prefix(4)))
  }

  @Test func `a glossary is cut out of words and never split`() throws {
    let result = try run(apply("glossaries = [\"GR[A-Z]+\"]"))
    #expect(try result.table("pieces")[1].contains(" GREAT@@ low"))
  }

  @Test func `pieces rarer than the threshold are cut further`() throws {
    let vocabulary = """
      [stage.known]
      kind = "apply-bpe"
      from = "load"
      merges = "merges"
      [stage.counts]
      kind = "learn-vocabulary"
      from = "known"

      """
    let free = try run(vocabulary + apply(""))
    let limited = try run(
      vocabulary + apply("vocabulary = \"counts\"\nvocabulary-threshold = 6"))
    let pieces = try limited.table("pieces")[1].dropFirst(2)
    #expect(
      try free.table("pieces")[1].split(separator: " ").count < pieces.split(separator: " ").count)
    #expect(pieces.replacing("@@ ", with: "") == "lowest widest GREATlow")
  }

  @Test func `dropout follows its seed and leaves held-out parts alone`() throws {
    let parts = """
      [stage.split]
      from = "load"
      shuffle = false
      parts = { train = 2, test = "rest" }

      """
    func pieces(_ options: String) throws -> (train: [String], test: [String], key: String) {
      let result = try run(
        parts + "[stage.pieces]\nkind = \"apply-bpe\"\nfrom = \"split\"\nmerges = \"merges\"\n"
          + options)
      return (
        try result.table("pieces.train"), try result.table("pieces.test"),
        try result.keyText("pieces")
      )
    }
    let whole = try pieces("")
    let dropped = try pieces("dropout = 0.5")
    #expect(try pieces("dropout = 0.5") == dropped)
    #expect(try pieces("dropout = 0.5\nseed = 9").train != dropped.train)
    #expect(dropped.train != whole.train)
    #expect(dropped.test == whole.test)
    #expect(try pieces("seed = 9").key == whole.key)
  }

  private func apply(_ options: String) -> String {
    "[stage.pieces]\nkind = \"apply-bpe\"\nfrom = \"new\"\nmerges = \"merges\"\n" + options
  }

  private func run(_ more: String) throws -> PipelineResult {
    let result = try TemporaryPipeline(files: Self.files).run(Self.learned + more)
    if let failure = result.failure { throw failure }
    return result
  }
}
