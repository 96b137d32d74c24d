import Datasets
import Diagnostics
import Fixtures
import PipelineFixtures
import Testing

@Suite(.timeLimit(.minutes(120)))
struct PairTests {
  private static let pairs =
    "ein Hund\ta dog\nein Haus\ta house\nzwei Hunde bellen\ttwo dogs bark\n"

  private static let load = PairStages.load + "\n"

  private static let separate =
    load + """
      [stage.de]
      kind = "learn-vocabulary"
      from = "load"
      columns = "source"
      boundaries = true
      [stage.en]
      kind = "learn-vocabulary"
      from = "load"
      columns = "target"
      boundaries = true
      dictionary = true
      [stage.binarize]
      from = "load"
      source-vocabulary = "de"
      target-vocabulary = "en"
      """

  private func run(_ definition: String, _ files: [String: String] = [:]) throws -> PipelineResult {
    let all = files.merging(["pairs.tsv": Self.pairs]) { given, _ in given }
    return try TemporaryPipeline(files: all).run(definition)
  }

  @Test func `a pair is two columns of ids, each ended by its vocabulary's end`() throws {
    let result = try run(Self.separate)
    let dataset = try Dataset(try result.tensors("binarize"))
    #expect(dataset.columns.map(\.name) == ["source", "target"])
    #expect(dataset.columns.map(\.end) == [3, 3])
    #expect(dataset.columns.map(\.vocabularySize) == [10, 10])
    #expect(dataset.classNames.isEmpty && dataset.labels.isEmpty)
    #expect(try dataset.rowNumbers() == [1, 2, 3])
    #expect(dataset.lengths == [[3, 3, 4], [3, 3, 4]])
    // ein is the commonest of the source, so its first id after the four special tokens.
    #expect(try dataset.ids(ofRow: 0, column: 0) == [4, 6, 3])
    #expect(try dataset.ids(ofRow: 1, column: 1).last == 3)
  }

  @Test func `one vocabulary may serve both sides`() throws {
    let result = try run(
      Self.load + """
        [stage.both]
        kind = "learn-vocabulary"
        from = "load"
        boundaries = true
        [stage.binarize]
        from = "load"
        vocabulary = "both"
        """)
    let dataset = try Dataset(try result.tensors("binarize"))
    #expect(dataset.columns.map(\.vocabularySize) == [16, 16])
  }

  @Test func `a vocabulary without an end of sentences is refused`() throws {
    let definition = Self.separate.replacing("boundaries = true\ndictionary", with: "dictionary")
    let failure = try #require(try run(definition).failure)
    #expect(
      failure.message.problem == "'en' has no </s>, which ends every sentence of a pair")
  }

  @Test(arguments: [
    "vocabulary = \"de\"\nsource-vocabulary = \"de\"", "target-vocabulary = \"de\"",
  ])
  func `vocabularies are one or two`(_ options: String) throws {
    let definition =
      Self.load + """
        [stage.de]
        kind = "learn-vocabulary"
        from = "load"
        [stage.binarize]
        from = "load"

        """ + options
    let problems = try TemporaryPipeline().problems(definition)
    #expect(
      problems.map(\.message.problem)
        == ["binarize wants one vocabulary, or one for each side of pairs"])
  }

  @Test func `a vocabulary goes to fairseq's form and comes back with fairseq's ids`() throws {
    let written = try run(Self.separate).text("en.dictionary")
    #expect(written.hasPrefix("a 2\nbark 1\n"))
    #expect(written.hasSuffix("madeupword0004 0\nmadeupword0005 0\n"))
    let result = try run(
      Self.load + """
        [stage.import]
        kind = "import-vocabulary"
        path = "dict.en.txt"
        [stage.binarize]
        from = "load"
        vocabulary = "import"
        """, ["dict.en.txt": written])
    let lines = try result.text("import").split(separator: "\n")
    #expect(lines.prefix(5) == ["<s>\t0", "<pad>\t0", "</s>\t0", "<unk>\t0", "a\t2"])
    let dataset = try Dataset(try result.tensors("binarize"))
    #expect(dataset.columns.map(\.padding) == [1, 1])
    #expect(try dataset.ids(ofRow: 0, column: 1).suffix(1) == [2])
    #expect(try dataset.ids(ofRow: 0, column: 0) == [3, 3, 2])
  }

  @Test func `a vocabulary of this program comes back as it was`() throws {
    let written = try run(Self.separate).text("en.vocabulary")
    let definition = """
      [stage.import]
      kind = "import-vocabulary"
      path = "en.tsv"
      format = "millrace"
      """
    #expect(try run(definition, ["en.tsv": written]).text("import") == written)
    let broken = try run(definition, ["en.tsv": "a\t1\n"])
    #expect(broken.failure?.message.problem == "the first lines are not <pad> and <unk>")
  }
}
