import Artifacts
import Formats
import Pages
import PipelineFixtures
import Pipelines
import Testing
import Views

/// The texts that a page and a terminal show of scored rows are those of the rows.
@Suite(.timeLimit(.minutes(120)))
struct ScoredTextsTests {
  /// Rows that are numbered alike in every file; a text says which row of which file it is.
  private static func rows(_ name: String, count: Int) -> [String] {
    ["text,label"]
      + (0..<count).map { row in
        let isGood = (row * 7 + name.utf8.count) % 3 > 0
        let filler = row % 4 == 0 ? "an odd" : isGood ? "a warm" : "a cold"
        return "\(filler) \(name) number \(row),\(isGood ? "good" : "bad")"
      }
  }

  private static let train = rows("training", count: 40)
  private static let first = rows("first", count: 14)
  private static let second = rows("second", count: 12)

  /// A definition whose test rows come from two files of a load of their own, less some of them.
  private static let definition = """
    seed = 5
    [stage.load]
    path = "train.csv"
    text = "text"
    label = "label"
    [stage.load-test]
    kind = "load"
    path = ["first.csv", "second.csv"]
    text = "text"
    label = "label"
    [stage.sieve]
    from = "load-test"
    word = "a "
    [stage.split]
    from = "load"
    parts = { train = "rest", valid = 8, test = "sieve" }
    [stage.clean]
    from = "split"
    lowercase = true
    [stage.words]
    kind = "learn-vocabulary"
    from = "clean.train"
    [stage.binarize]
    from = "clean"
    vocabulary = "words"
    [stage.train]
    from = "binarize.train"
    embedding = 4
    hidden = 3
    epochs = 1
    [stage.evaluate]
    from = "binarize.test"
    model = "train"
    """

  private static func pipeline() throws -> TemporaryPipeline {
    let files = ["train.csv": train, "first.csv": first, "second.csv": second]
    return try TemporaryPipeline(
      files: files.mapValues { $0.joined(separator: "\n") + "\n" }, catalog: .withSieves)
  }

  private static func run(_ definition: String = definition) throws -> PipelineResult {
    let result = try pipeline().run(definition)
    if let failure = result.failure { throw failure }
    return result
  }

  /// The line of a file that a place such as `first.csv:3` names.
  private static func line(_ place: some StringProtocol) throws -> String {
    let parts = place.split(separator: ":")
    let lines = try #require(["first.csv": first, "second.csv": second][String(parts[0])])
    return lines[try #require(Int(parts[1])) - 1]
  }

  @Test func `a page shows each scored row with its own file, line, text and label`() throws {
    let page = try Self.run().page()
    let cells = /<td[^>]*>(first|second)\.csv:(\d+)<\/td>/
    #expect(page.matches(of: cells).count > 6)
    #expect(!page.contains("training number"))
    #expect(!page.contains("the text is gone"))
    for row in page.matches(
      of: /<tr><td[^>]*>([a-z]+\.csv:\d+)<\/td>(.*?)<td[^>]*>([^<]*)<\/td><\/tr>/)
    {
      let line = try Self.line(row.1)
      #expect(line.hasPrefix("\(row.3),"), "\(row.1): \(row.3)")
      let labels = row.2.matches(of: />(good|bad)</).map(\.1)
      if let label = labels.first { #expect(line.hasSuffix(",\(label)"), "\(row.1)") }
    }
  }

  @Test func `show names the file and line of each scored row, and its true label`() throws {
    let result = try Self.run()
    let shown = try result.shown("evaluate", "predictions", RowSelection(limit: 100))
    let rows = try #require(shown.json["first"]?.arrayValue)
    #expect(rows.count > 12)
    for row in rows {
      let place = try #require(row["place"]?.stringValue)
      let label = try #require(row["label"]?.stringValue)
      #expect(try Self.line(place).hasSuffix(",\(label)"), "\(place)")
    }
    let last = try result.shown("evaluate", "predictions", RowSelection(row: rows.count))
    #expect(last.text(width: 80)[0].hasSuffix("loaded from second.csv:13"))
  }

  @Test func `where all rows are of one file, their lines are enough`() throws {
    let result = try Self.run(
      Self.definition.replacing("test = \"sieve\"", with: "test = 9")
        .replacing(/\[stage\.load-test\](.|\n)*\[stage\.split\]/, with: "[stage.split]"))
    let page = try result.page()
    #expect(!page.contains("train.csv:") && page.contains("training number"))
    let shown = try result.shown("evaluate", "predictions", RowSelection(row: 1))
    #expect(shown.text(width: 80)[0].contains("loaded from line "))
  }

  @Test func `a difference names the rows that changed by their own file`() throws {
    let pipeline = try Self.pipeline()
    let results = try [
      Self.definition, Self.definition.replacing("hidden = 3", with: "hidden = 4"),
    ]
    .map { definition in
      let result = try pipeline.run(definition)
      return try ComparedResult(
        "one", of: Assessment(of: result.plan, in: result.store), in: result.store)
    }
    let comparison = try ResultComparison(results[0], results[1], in: pipeline.store)
    let predictions = try #require(
      comparison.artifacts.first { $0.name == "evaluate.predictions" }?.difference.json)
    let examples = try #require(predictions["examples"]?.arrayValue)
    #expect(!examples.isEmpty)
    for row in examples {
      let place = try #require(row["place"]?.stringValue)
      let label = try #require(row["b"]?.arrayValue?.first?.stringValue)
      #expect(try Self.line(place).hasSuffix(",\(label)"), "\(place)")
    }
  }

  @Test func `of several translations of a sentence the page shows the scored one's source`()
    throws
  {
    let result = try TemporaryPipeline(
      files: ["pairs.tsv": PreparedPairs.pairs, "more.tsv": PreparedPairs.pairs.uppercased()]
    ).run(
      PreparedPairs.definition(
        """
        [stage.load-test]
        kind = "load"
        path = "more.tsv"
        header = false
        source = 1
        target = 2
        \(PreparedPairs.translate("load-test"))
        beam = 2
        n-best = 2
        [stage.evaluate]
        from = "translate"
        resamples = 0
        """, training: "epochs = 1"))
    if let failure = result.failure { throw failure }
    let page = try result.page()
    let lines = PreparedPairs.pairs.uppercased().split(separator: "\n")
    let shown = page.matches(
      of: /(?s)source<\/span>([^<]*)<(?:(?!source<).)*?line more\.tsv:(\d+):/)
    #expect(shown.count > 20)
    for match in shown {
      let number = try #require(Int(match.2))
      #expect(lines[number - 1].hasPrefix("\(match.1)\t"), "\(match.2)")
    }
  }
}

extension PipelineResult {
  /// The page of `report`.
  func page() throws -> String {
    let stages = try plan.stages.map { ReportedStage($0, .cached, try record($0.name)) }
    let report = PipelineReport(
      of: plan.definition, stages, in: store, with: ReportedSettings(given: []), command: "run")
    return try report.page().html
  }

  /// An output as `show` has it.
  func shown(
    _ stage: String, _ port: String, _ selection: RowSelection
  ) throws -> any ArtifactView {
    let planned = try #require(plan[stage])
    let path = RowPath(
      through: plan.stages, try plan.stages.map { try record($0.name) }, in: store)
    return try ArtifactViews.view(
      of: ShownArtifact(
        try #require(try record(stage).output(port)), of: try record(stage), by: planned.stage,
        in: store, selection,
        origins: ShownOrigins(of: RowPath.Node(stage: planned.index, port: port), on: path)))
  }
}
