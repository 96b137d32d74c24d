import Fixtures
import Foundation
import Testing

/// A row followed through the stages agrees with what `show` says of each of them.
@Suite struct TraceTests {
  private static let made = Result {
    var rows = try SmallPipeline.rows(120).split(separator: "\n", omittingEmptySubsequences: false)
      .map(String.init)
    rows.insert("professor,", at: 5)
    let first = rows[2]
    rows.insert(first, at: 9)
    let definition = SmallPipeline.definition.replacing(
      "lowercase = true", with: "lowercase = true\ndrop-duplicates = [\"text\"]")
    let millrace = try Millrace(files: [
      "small.toml": definition, "rows.csv": rows.joined(separator: "\n"),
    ])
    _ = try millrace.run("small.toml")
    return millrace
  }

  private var millrace: Millrace { get throws { try Self.made.get() } }

  @Test func `control characters of a text are shown, not sent, among the ids too`() throws {
    let millrace = try Millrace(files: [
      "rows.csv": "text,label\nwa \u{1B}[31mred\u{7},x\nwb,y\n",
      "odd.toml": """
      [stage.load]
      path = "rows.csv"
      text = "text"
      label = "label"
      [stage.tokenize]
      from = "load"
      [stage.words]
      kind = "learn-vocabulary"
      from = "tokenize"
      [stage.binarize]
      from = "tokenize"
      vocabulary = "words"
      """,
    ])
    _ = try millrace.run("odd.toml")
    let traced = try millrace("trace", "odd.toml", "binarize", "--row", "1")
    #expect(traced.exitCode == 0, "\(traced.errors)")
    #expect(traced.output.contains("wa ·") && traced.output.contains("\u{FFFD}"))
    #expect(!traced.output.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{7}" })
  }

  @Test(arguments: 1...8)
  func `a scored row goes back to its line and through every stage`(row: Int) throws {
    let trace = try steps("evaluate", row: row)
    let place = try #require(trace.place.split(separator: ":").last.flatMap { Int($0) })
    let names = trace.steps.map { "\($0["stage"] ?? "").\($0["port"] ?? "")" }
    #expect(
      names == [
        "load.table", "clean.table", "tokenize.table", "split.test", "binarize.test", "train.model",
        "evaluate.predictions",
      ])
    for step in trace.steps {
      guard let stage = step["stage"], let port = step["port"], let row = step["row"] as? Int else {
        continue
      }
      let shown = try shown("\(stage).\(port)", row)
      #expect("\(shown["line"] ?? "")" == "\(place)", "\(stage)")
      for (name, text) in step["fields"] as? [String: String] ?? [:] where "\(stage)" != "binarize"
      {
        #expect(shown[name] as? String == text, "\(stage) \(name)")
      }
      if "\(stage)" == "binarize" {
        let tokens = try #require(step["text-tokens"] as? [String])
        #expect(shown["text"] as? String == tokens.joined(separator: " "))
        #expect((step["text-ids"] as? [Int])?.count == tokens.count)
      }
    }
    let scored = try #require(trace.steps.last?["fields"] as? [String: String])
    let said = try #require(trace.steps.first { $0["stage"] as? String == "train" })
    let probabilities = try #require(said["fields"] as? [String: String])
    // Shown to a few places, the likeliest two may look alike.
    let predicted = try #require(probabilities[scored["predicted"] ?? ""])
    #expect(probabilities.values.allSatisfy { $0 <= predicted })
  }

  @Test func `the line is that of the file`() throws {
    let trace = try steps("evaluate.predictions", row: 1)
    let parts = trace.place.split(separator: ":")
    #expect(parts.first == "rows.csv")
    let lines = try String(
      contentsOf: millrace.folder.url.appending(path: "rows.csv"), encoding: .utf8
    )
    .split(separator: "\n", omittingEmptySubsequences: false)
    let number = try #require(parts.last.flatMap { Int($0) })
    let text = try #require((trace.steps.first?["fields"] as? [String: String])?["text"])
    #expect(lines[number - 1].contains(text.prefix(20)))
  }

  @Test func `a row that was left out ends there, with the reason`() throws {
    let empty = try steps("load", row: 5)
    #expect(empty.steps.map { $0["stage"] as? String } == ["load", "clean"])
    #expect(empty.steps.last?["note"] as? String == "left out: empty")
    let repeated = try steps("load", row: 9)
    #expect(repeated.steps.last?["note"] as? String == "left out: duplicate")
  }

  @Test func `a training row says what learns from it, and is not scored`() throws {
    let trace = try steps("split.train", row: 3)
    let notes = trace.steps.compactMap { step in
      (step["note"] as? String).map { "\(step["stage"] ?? ""): \($0)" }
    }
    #expect(notes.contains("vocabulary: learns from this row"))
    #expect(notes.contains("train: learns from this row"))
    #expect(notes.contains("split: dealt to train"))
    #expect(!trace.steps.contains { $0["stage"] as? String == "evaluate" })
  }

  @Test func `as text it is a heading and a block for each stage`() throws {
    let text = try millrace("trace", "small.toml", "evaluate", "--row", "2")
    #expect(text.exitCode == 0 && text.output.hasPrefix("rows.csv:"))
    for stage in ["load.table", "split.test", "binarize.test", "evaluate.predictions"] {
      #expect(text.output.contains("\n\(stage)"))
    }
  }

  @Test(arguments: [
    (["evaluate"], "add --row 1"), (["split", "--row", "1"], "name one: split.train, split.test"),
    (["train", "--row", "1"], "holds no rows"), (["evaluate", "--row", "9999"], "has no row 9999"),
    (["evalute", "--row", "1"], "evaluate"),
    (["split.tset", "--row", "1"], "did you mean 'test'?"),
  ])
  func `a row that cannot be meant is refused with a hint`(
    words: [String], hint: String
  ) throws {
    let refused = try millrace.start([Millrace.program.path, "trace", "small.toml"] + words)
      .finish()
    #expect(refused.exitCode == 2)
    #expect(refused.errors.contains(hint), "\(refused.errors)")
  }

  @Test func `a pair goes on to its translation, what that looked at, and its scores`() throws {
    let text = try String(
      contentsOf: Folders.fixtures.appending(path: "en-fr.tsv"), encoding: .utf8)
    let rows = text.split(separator: "\n").prefix(160).joined(separator: "\n") + "\n"
    let millrace = try Millrace(files: ["pairs.toml": Self.pairs, "pairs.tsv": rows])
    let ran = try millrace.run("pairs.toml")
    #expect(ran.exitCode == 0, "\(ran.finished.output)")
    let finished = try millrace("trace", "pairs.toml", "evaluate.sentences", "--row", "2", "--json")
    let object = try #require(finished.json as? [String: Any], "\(finished.errors)")
    let steps = try #require(object["steps"] as? [[String: Any]])
    #expect(
      steps.compactMap { $0["row"] as? Int == nil ? nil : $0["stage"] as? String }
        == ["load", "tokenize", "split", "binarize", "translate", "evaluate"])
    for step in steps {
      guard let stage = step["stage"], let port = step["port"], let row = step["row"] else {
        continue
      }
      let shown = try millrace(
        "show", "pairs.toml", "\(stage).\(port)", "--row", "\(row)", "--json")
      let fields = try #require(shown.json as? [String: Any])
      for (name, text) in step["fields"] as? [String: String] ?? [:] {
        #expect(fields[name] as? String == text, "\(stage) \(name)")
      }
      if "\(stage)" == "binarize" {
        for side in ["source", "target"] {
          let tokens = try #require(step["\(side)-tokens"] as? [String])
          #expect(fields[side] as? String == tokens.joined(separator: " "))
        }
      }
    }
    let told = try millrace("trace", "pairs.toml", "translate", "--row", "2")
    #expect(told.output.contains("hypothesis: ") && told.output.contains("attention: "))
    #expect(!told.output.contains("piece-scores"))
  }

  private static let pairs = """
    \(PairStages.load)
    [stage.tokenize]
    from = "load"
    [stage.split]
    from = "tokenize"
    parts = { train = "rest", test = 20 }
    [stage.vocabulary]
    kind = "learn-vocabulary"
    from = "split.train"
    boundaries = true
    [stage.binarize]
    from = "split"
    vocabulary = "vocabulary"
    [stage.train]
    from = "binarize.train"
    \(PairStages.shape(width: 8))
    max-tokens = 500
    epochs = 1
    [stage.translate]
    from = "split.test"
    model = "train"
    beam = 2
    [stage.evaluate]
    from = "translate"
    metrics = ["bleu", "chrf2"]
    """

  private func steps(
    _ output: String, row: Int
  ) throws -> (place: String, steps: [[String: Any]]) {
    let finished = try millrace("trace", "small.toml", output, "--row", "\(row)", "--json")
    let object = try #require(finished.json as? [String: Any], "\(finished.errors)")
    return (object["place"] as? String ?? "", object["steps"] as? [[String: Any]] ?? [])
  }

  private func shown(_ output: String, _ row: Int) throws -> [String: Any] {
    let finished = try millrace("show", "small.toml", output, "--row", "\(row)", "--json")
    return try #require(finished.json as? [String: Any], "\(finished.errors)")
  }
}
