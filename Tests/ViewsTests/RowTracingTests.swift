import Fixtures
import PipelineFixtures
import Pipelines
import Testing
import Views

/// Rows are found again behind every stage that leaves some out or makes several of one.
@Suite(.timeLimit(.minutes(120)))
struct RowTracingTests {
  /// Two files that number their lines alike.
  private static let files = [
    "one.csv": "text,label\na dog,x\na cat,y\nthe dog,x\n,y\na dog,x\nold dog,y\n",
    "two.csv": "text,label\na cow,y\na bird,x\nbig dog,x\na dog,x\n,x\nfat dog,y\n",
  ]

  private static let load = """
    seed = 3
    [stage.load]
    path = ["one.csv", "two.csv"]
    text = "text"
    label = "label"

    """

  @Test(arguments: [
    "kind = \"sieve\"\nword = \"dog\"",
    "kind = \"clean\"\nlowercase = true\ndrop-duplicates = [\"text\"]",
    "kind = \"clean\"\nminimum-words = 2",
  ])
  func `behind a stage that leaves out rows, each is still the one of its line`(
    choice: String
  ) throws {
    let result = try TemporaryPipeline(files: Self.files, catalog: .withSieves).run(
      Self.load + "[stage.choose]\n\(choice)\nfrom = \"load\"\n"
        + "[stage.tokenize]\nfrom = \"choose\"\n")
    let texts = try result.column("text", of: "tokenize")
    #expect(texts.count > 3 && texts.count < 12)
    for (row, text) in texts.enumerated() {
      let trace = try result.trace("tokenize.table", row: row + 1)
      #expect(try Self.text(at: trace.place).hasPrefix("\(text),"), "\(row)")
      #expect(trace.steps.map(\.stage) == ["load", "choose", "tokenize"])
      #expect(trace.steps[1].row == row + 1)
    }
  }

  @Test func `a row that a kind leaves out ends there`() throws {
    let result = try TemporaryPipeline(files: Self.files, catalog: .withSieves).run(
      Self.load + "[stage.sieve]\nfrom = \"load\"\nword = \"dog\"\n")
    let trace = try result.trace("load.table", row: 7)
    #expect(trace.place.hasSuffix("two.csv:2"))
    #expect(trace.steps.map(\.note) == [nil, "left out"])
  }

  @Test func `a part that is a table of its own goes back to its own file`() throws {
    let result = try TemporaryPipeline(files: Self.files).run(
      """
      [stage.load]
      path = "one.csv"
      text = "text"
      [stage.held-out]
      kind = "load"
      path = "two.csv"
      text = "text"
      [stage.split]
      from = "load"
      parts = { train = "rest", test = "held-out" }
      [stage.tokenize]
      from = "split"
      """)
    let test = try result.trace("tokenize.test", row: 3)
    #expect(test.place.hasSuffix("two.csv:4"))
    #expect(test.steps.map(\.stage) == ["held-out", "split", "tokenize"])
    #expect(try result.trace("tokenize.train", row: 3).place.hasSuffix("one.csv:4"))
  }

  @Test func `of several translations of a row each is traced as itself`() throws {
    let result = try TemporaryPipeline(
      files: ["pairs.tsv": PreparedPairs.pairs], catalog: .withSieves
    ).run(
      PreparedPairs.definition(
        """
        \(PreparedPairs.translate("load", as: "translate"))
        beam = 3
        n-best = 3
        [stage.seconds]
        kind = "sieve"
        from = "translate"
        column = "rank"
        word = "2"
        [stage.evaluate]
        from = "translate"
        resamples = 0
        """, training: "epochs = 1"))
    try #require(result.failure == nil)
    let lines = try result.column("line", of: "translate")
    let ranks = try result.column("rank", of: "translate")
    for row in [0, 1, 2, 4, 8] {
      let trace = try result.trace("translate.table", row: row + 1)
      #expect(trace.place.hasSuffix("pairs.tsv:\(lines[row])"))
      let step = try #require(trace.steps.first { $0.stage == "translate" })
      #expect(step.row == row + 1)
      let scored = try #require(trace.steps.first { $0.stage == "evaluate" })
      #expect((scored.row != nil) == (ranks[row] == "1"))
      let second = try #require(trace.steps.first { $0.stage == "seconds" })
      #expect((second.row != nil) == (ranks[row] == "2"))
    }
    let scored = try result.trace("evaluate.sentences", row: 3)
    let translated = try #require(scored.steps.first { $0.stage == "translate" }?.row)
    #expect(scored.place.hasSuffix("pairs.tsv:3") && ranks[translated - 1] == "1")
    #expect(lines[translated - 1] == "3")
    let second = try result.trace("seconds.table", row: 4)
    let place = try #require(second.steps.first { $0.stage == "translate" }?.row)
    #expect(lines[place - 1] == "4" && ranks[place - 1] == "2")
    let loaded = try result.trace("load.table", row: 2)
    #expect(loaded.steps.first { $0.stage == "translate" }?.note == "the first of 3")
  }

  @Test func `pairs that a translator cannot read are left out, the others keep their lines`()
    throws
  {
    let long = Array(repeating: "dog", count: 9).joined(separator: " ")
    let result = try TemporaryPipeline(
      files: [
        "one.tsv": "a dog\tun chien\n\tvide\na cat\tun chat\n\(long)\tlong\n",
        "two.tsv": "the dog\tle chien\nthe cat\tle chat\n\trien\none dog\tun seul chien\n",
      ]
    ).run(
      """
      [stage.load]
      path = ["one.tsv", "two.tsv"]
      header = false
      source = 1
      target = 2
      \(PairStages.translator(of: "load"))
      positions = 8
      epochs = 1
      [stage.evaluate]
      from = "binarize"
      model = "train"
      """)
    try #require(result.failure == nil)
    let targets = try result.column("target", of: "evaluate.predictions")
    #expect(targets.count == 5)
    for (row, target) in targets.enumerated() {
      let trace = try result.trace("evaluate.predictions", row: row + 1)
      #expect(trace.steps.first?.fields.first { $0.name == "target" }?.text == target)
      #expect(trace.steps.first { $0.stage == "train" }?.note == "learns from this row")
    }
    #expect(try result.trace("evaluate.predictions", row: 5).place.hasSuffix("two.tsv:4"))
    let notes = try result.trace("load.table", row: 4).steps.suffix(2).map(\.note)
    #expect(notes[0]?.hasPrefix("left out: a sentence is empty or has over ") == true)
    #expect(notes[1] == notes[0])
  }

  @Test func `a row is found behind binarize that leaves rows without a label out`() throws {
    let result = try TemporaryPipeline(files: ["one.csv": "text,label\na,x\nb,\nc,y\n"]).run(
      """
      [stage.load]
      path = "one.csv"
      text = "text"
      label = "label"
      [stage.words]
      kind = "learn-vocabulary"
      from = "load"
      [stage.binarize]
      from = "load"
      vocabulary = "words"
      unlabelled = "skip"
      """)
    try #require(result.failure == nil)
    let trace = try result.trace("binarize.dataset", row: 2)
    #expect(trace.place.hasSuffix("one.csv:4"))
    #expect(trace.steps.first?.fields.first { $0.name == "text" }?.text == "c")
    #expect(try result.trace("load.table", row: 2).steps.last?.note == "left out")
  }

  @Test func `no control character of a text or token reaches the terminal`() throws {
    let result = try TemporaryPipeline(files: ["one.csv": "text,label\na\u{1B}[2Jb dog,x\ncat,y\n"])
      .run(
        """
        [stage.load]
        path = "one.csv"
        text = "text"
        label = "label"
        [stage.words]
        kind = "learn-vocabulary"
        from = "load"
        [stage.binarize]
        from = "load"
        vocabulary = "words"
        """)
    let trace = try result.trace("binarize.dataset", row: 1)
    let text = trace.text(width: 80).joined()
    #expect(text.contains("[2Jb") && !text.unicodeScalars.contains("\u{1B}"))
    #expect(trace.steps.last?.tokens.first?.texts.first == "a\u{1B}[2Jb")
  }

  private static func text(at place: String) throws -> String {
    let parts = place.split(separator: ":")
    let name = try #require(parts[0].split(separator: "/").last.map(String.init))
    let lines = try #require(files[name]).split(
      separator: "\n", omittingEmptySubsequences: false)
    return String(lines[try #require(Int(parts[1])) - 1])
  }
}

extension PipelineResult {
  /// Follows a row, counted from 1, of `stage.port`.
  func trace(_ output: String, row: Int) throws -> RowTrace {
    let parts = output.split(separator: ".").map(String.init)
    return try RowTrace(
      row: row, of: try #require(plan[parts[0]]), port: parts[1],
      in: Assessment(of: plan, in: store), store
    ) { _, _ in }
  }
}
