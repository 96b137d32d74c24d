import Diagnostics
import Formats
import PipelineFixtures
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
        "#version: 0.2", "s t</w>", "e st</w>", "l o", "w est</w>",
      ])
    #expect(try result.fact("merges", "merges") == 8)
  }

  @Test(arguments: [
    ("", "lo@@ west wi@@ d@@ est G@@ R@@ E@@ A@@ T@@ low"),
    (
      "glossaries = [\"GR[A-Z]+\"]\nseparator = \"__\"", "lo__ west wi__ d__ est GREAT__ low"
    ),
    (
      "vocabulary = \"counts\"\nvocabulary-threshold = 3",
      "l@@ o@@ w@@ est wi@@ d@@ est G@@ R@@ E@@ A@@ T@@ low"
    ),
    (
      "vocabulary = \"counts\"\nvocabulary-threshold = 6",
      "l@@ o@@ w@@ e@@ s@@ t w@@ i@@ d@@ e@@ s@@ t G@@ R@@ E@@ A@@ T@@ l@@ o@@ w"
    ),
  ])
  func `apply-bpe cuts words the merges do not cover`(_ options: String, _ line: String) throws {
    let result = try run(
      """
      [stage.known]
      kind = "apply-bpe"
      from = "load"
      merges = "merges"
      [stage.counts]
      kind = "learn-vocabulary"
      from = "known"
      [stage.pieces]
      kind = "apply-bpe"
      from = "new"
      merges = "merges"
      \(options)
      """)
    #expect(try result.table("pieces")[1] == "1|\(line)")
  }

  @Test func `a threshold that no entry reaches is refused`() throws {
    let error = #expect(throws: Diagnostic.self) {
      try run(
        """
        [stage.counts]
        kind = "learn-vocabulary"
        from = "load"
        [stage.pieces]
        kind = "apply-bpe"
        from = "new"
        merges = "merges"
        vocabulary = "counts"
        vocabulary-threshold = 50
        """)
    }
    #expect(
      error?.message.problem.hasPrefix("no entry of the vocabulary is counted 50 times") == true)
  }

  @Test func `text that holds the separator comes back as it was`() throws {
    let line = "the diff @@ -1 +1 @@ foo@@ @@@"
    let result = try TemporaryPipeline(files: ["a.txt": "\(line)\n\(line)\n"]).run(
      """
      [stage.load]
      files = { text = "a.txt" }
      [stage.merges]
      kind = "learn-bpe"
      from = "load"
      [stage.pieces]
      kind = "apply-bpe"
      from = "load"
      merges = "merges"
      [stage.joined]
      kind = "detokenize"
      from = "pieces"
      rules = "subwords"
      """)
    #expect(try result.table("joined")[1] == "1|\(line)")
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
    #expect(!whole.key.contains("seed"))
  }

  private func run(_ more: String) throws -> PipelineResult {
    let result = try TemporaryPipeline(files: Self.files).run(Self.learned + more)
    if let failure = result.failure { throw failure }
    return result
  }
}
