import Fixtures
import Foundation
import Testing

/// Sweeps through the built program, as two student projects could not finish them.
@Suite(.serialized, .timeLimit(.minutes(120))) struct SweepTests {
  /// Eighteen points of a small classifier whose weights are large beside its scores.
  static let definition =
    SmallPipeline.definition
    .replacing("embedding = 4", with: "embedding = 64").replacing("hidden = 4", with: "hidden = 96")
      + """

      [sweep.all]
      grid = { "train.learning-rate" = [1e-3, 3e-3, 1e-2], "train.clip-norm" = [0.1, 1, 10], \
      "train.dropout" = [0.1, 0.3] }
      best = "evaluate.macro-f1 max"
      """

  static func millrace(_ definition: String = definition) throws -> Millrace {
    try SmallPipeline.millrace(definition)
  }

  /// The table of a sweep that nothing disturbed.
  static let undisturbed = Result {
    let millrace = try SweepTests.millrace()
    try millrace("sweep", "small.toml")
    return try millrace("table", "small.toml", "--json").output
  }

  @Test func `eighteen points share their preparation and leave less than three models' weights`()
    throws
  {
    let millrace = try Self.millrace()
    try millrace("run", "small.toml", "binarize")
    let before = try millrace.storeBytes()
    let swept = try millrace("sweep", "small.toml", "--json")
    #expect(swept.exitCode == 0)
    let lines = swept.jsonLines
    #expect(lines.first?["points"] as? Int == 18)
    #expect(lines.first?["forecast-seconds"] as? String == "unknown")
    #expect(lines.count { $0["event"] as? String == "point" } == 18)
    let ran = lines.filter { $0["state"] as? String == "ran" }.compactMap { $0["stage"] as? String }
    #expect(ran.count == 36)
    #expect(ran.allSatisfy { $0.contains("@") })
    let best = try #require(lines.last?["best"] as? [String: Any])
    let options = try #require(best["options"] as? [String: Any])
    let settings = options.sorted { $0.key < $1.key }.flatMap {
      ["--set", "\($0.key)=\($0.value)"]
    }
    let shown = try millrace.start(
      [Millrace.program.path, "show", "small.toml", "train.model", "--raw"] + settings
    ).finish()
    #expect(shown.exitCode == 0)
    #expect(shown.errors == "")
    let weights = try millrace.modelBytes(settings)
    let growth = try millrace.storeBytes() - before
    print("18 points: the store grew by \(growth) bytes, a model has \(weights)")
    #expect(growth < 3 * weights)
  }

  @Test(arguments: [1, 2] as [UInt64])
  func `killed twice at random and run again, the table is the same`(seed: UInt64) throws {
    let millrace = try Self.millrace()
    var random = SeededNumbers(seed: seed)
    for _ in 1...2 {
      let running = try millrace.start([Millrace.program.path, "sweep", "small.toml", "--json"])
      usleep(.random(in: 100_000...1_500_000, using: &random))
      running.signal(SIGKILL)
      _ = running.finish()
    }
    #expect(try millrace("sweep", "small.toml").exitCode == 0)
    #expect(try millrace("table", "small.toml", "--json").output == Self.undisturbed.get())
    #expect(try millrace("verify").exitCode == 0)
    #expect(try millrace("sweep", "small.toml", "--json").jsonLines.last?["ran"] as? Int == 0)
    #expect(millrace.leftovers == [])
  }

  @Test func `Ctrl-C stops a sweep with 75, and the same command goes on from there`() throws {
    // One of the two jobs can end half of the points, while the other waits for a file.
    let millrace = try SmallPipeline.millrace()
    let patient = "until [ -e '\(millrace.folder.path("go"))' ]; do sleep 0.01; done; cat"
    let definition = SmallPipeline.definition
      .replacing(
        "[stage.tokenize]\nfrom = \"clean\"",
        with: """
          [stage.own]
          kind = "command"
          from = "clean"
          command = "cat"
          shell = true

          [stage.tokenize]
          from = "own"
          """)
    try millrace.folder.write(
      "small.toml",
      definition + """

        [sweep.all]
        grid = { "train.learning-rate" = [1e-3, 3e-3, 1e-2], "own.command" = ["cat", "\(patient)"] }
        best = "evaluate.macro-f1 max"
        """)
    let running = try millrace.start(
      [Millrace.program.path, "sweep", "small.toml", "--jobs", "2", "--json"])
    #expect(running.waits(for: "\"event\":\"point\""))
    running.signal(SIGINT)
    #expect(running.finish().exitCode == 75)
    try millrace.folder.write("go", "")
    #expect(try millrace("sweep", "small.toml").exitCode == 0)
    #expect(try millrace("sweep", "small.toml", "--store", "other").exitCode == 0)
    #expect(
      try millrace("table", "small.toml", "--json").output
        == millrace("table", "small.toml", "--json", "--store", "other").output)
  }

  @Test func `a point that diverges stays in the table with its reason and its log`() throws {
    let millrace = try Self.millrace()
    let swept = try millrace("sweep", "small.toml", "train.learning-rate=1e-3,1e30")
    #expect(swept.exitCode == 1)
    let table = try millrace("table", "small.toml", "train.learning-rate=1e-3,1e30", "--json")
    let object = try #require(table.json as? [String: Any])
    let points = try #require(object["points"] as? [[String: Any]])
    #expect(points.map { $0["state"] as? String } == ["done", "failed"])
    #expect((points[1]["note"] as? String)?.contains("not a finite number") == true)
    let log = try #require(points[1]["log"] as? String)
    let text = try String(contentsOfFile: millrace.folder.path(log), encoding: .utf8)
    #expect(text.contains("error: "))
    #expect((object["best"] as? [String: Any])?["point"] as? Int == 1)
  }

  @Test func `the best point and any other can be used by their names`() throws {
    let millrace = try Self.millrace(
      Self.definition.replacing("[1e-3, 3e-3, 1e-2]", with: "[1e-3]")
        .replacing("[0.1, 1, 10]", with: "[1]"))
    let swept = try millrace("sweep", "small.toml")
    #expect(swept.output.contains("millrace classify small.toml --point best"))
    for point in ["best", "1", "2", "all.best"] {
      let classified = try millrace(
        "classify", "small.toml", "--point", point, input: "She writes code.\n")
      #expect(classified.exitCode == 0, "\(classified.errors)")
      #expect(classified.output.contains("\t"))
    }
    let shown = try millrace("show", "small.toml", "evaluate", "--point", "best", "--json")
    #expect((shown.json as? [String: Any])?["accuracy"] is Double)
    #expect(try millrace("classify", "small.toml", "--point", "9").exitCode == 2)
  }

  @Test func `a table is text of at most 100 columns, Markdown, CSV or JSON`() throws {
    let millrace = try Self.millrace()
    try millrace("sweep", "small.toml")
    let text = try millrace("table", "small.toml").output
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 100 })
    let narrow = try millrace("table", "small.toml", environment: ["COLUMNS": "70"]).output
    // The settings of the best point are a command to copy, which is never cut.
    let lines = narrow.split(separator: "\n").filter { !$0.hasPrefix("  best: ") }
    #expect(lines.allSatisfy { $0.count <= 70 })
    #expect(narrow.contains("not shown for want of width"))
    let wide = try millrace("table", "small.toml", environment: ["COLUMNS": "200"]).output
    #expect(!wide.contains("not shown for want of width"))
    #expect(wide.contains { $0 == "\n" } && wide.split(separator: "\n")[0].contains("micro-f1"))
    #expect(text.contains("★"))
    #expect(text.contains("paired bootstrap on the same 48 rows"))
    let markdown = try millrace("table", "small.toml", "--format", "markdown").output
    #expect(markdown.contains("| ---: |"))
    let csv = try millrace("table", "small.toml", "--format", "csv", "--sort", "point").output
    let rows = csv.split(separator: "\n")
    #expect(rows.count == 19)
    #expect(
      rows[0].hasPrefix("point,train.learning-rate,train.clip-norm,train.dropout,state,macro-f1"))
    #expect(rows[1].hasPrefix("1,0.001,0.1,0.1,done,"))
    let json = try millrace("table", "small.toml", "--json").json as? [String: Any]
    #expect((json?["points"] as? [Any])?.count == 18)
    #expect(try millrace("table", "small.toml", "--sort", "colour").exitCode == 2)
  }

  @Test func `points scored on other rows are marked, and said not to be ranked`() throws {
    let millrace = try SmallPipeline.millrace()
    let swept = try millrace(
      "sweep", "small.toml", "clean.minimum-words=1,45", "--set", "train.epochs=1")
    #expect(swept.exitCode == 0, "\(swept.errors)")
    #expect(swept.output.contains("points were scored on different rows ("))
    #expect(swept.output.contains("so that they cannot be ranked"))
    #expect(!swept.output.contains("★ best"))
    let table = try millrace(
      "table", "small.toml", "clean.minimum-words=1,45", "--set", "train.epochs=1", "--json")
    let points = try #require((table.json as? [String: Any])?["points"] as? [[String: Any]])
    #expect(points.count { $0["other-rows"] as? Bool == true } == 1)
  }

  @Test func `two seeds: columns name their ±, CSV the stage, and the page has the table's means`()
    throws
  {
    let millrace = try SmallPipeline.millrace(
      SmallPipeline.definition + """

        [stage.validate]
        kind = "evaluate"
        from = "binarize.train"
        model = "train"

        [sweep.sizes]
        grid = { "train.hidden" = [3, 5] }
        seeds = 2
        best = "evaluate.macro-f1 max"
        """)
    let swept = try millrace("sweep", "small.toml", environment: ["COLUMNS": "160"])
    #expect(swept.output.contains("evaluate.macro-f1 ± sd"))
    #expect(swept.output.contains("± sd: the standard deviation over 2 seeds"))
    let csv = try millrace("table", "small.toml", "--format", "csv").output
    #expect(csv.split(separator: "\n")[0].contains("state,evaluate.macro-f1,evaluate.macro-f1-sd,"))
    let table = try millrace("table", "small.toml", "--json").json as? [String: Any]
    let best = try #require(table?["best"] as? [String: Any])
    let (means, spreads) = (best["scores"] as? [String: Double], best["sd"] as? [String: Double])
    let page = try millrace("report", "small.toml", "-o", "-").output
    let headline = try #require(
      page.firstMatch(of: /class="headline">(.*?)<\/div>/.dotMatchesNewlines())
    ).1
    #expect(headline.contains("± sd"))
    // The page leads with the scores of the last stage that scores.
    let told = headline.matches(of: /value="([^"]+)"/).compactMap { Double($0.1) }
    let known = [means?["validate.macro-f1"], spreads?["validate.macro-f1"]].compactMap(\.self)
    #expect(known.count == 2 && told.count == 2)
    #expect(zip(told, known).allSatisfy { abs($0 - $1) < 1e-12 }, "\(told) for \(known)")
    #expect(page.contains("means over 2 seeds"))
    #expect(page.contains("The whole sweep sizes, 4 runs, took"))
  }

  @Test func `a dry run says what there is to do and does nothing`() throws {
    let millrace = try Self.millrace()
    let told = try millrace("sweep", "small.toml", "--dry-run")
    #expect(told.output.contains("18 points"))
    #expect(told.output.contains("42 of 42 to run, 6 shared"))
    #expect(told.output.contains("unknown"))
    #expect(try millrace("status", "small.toml", "--check").exitCode == 3)
  }

  @Test func `check finds what is wrong with a sweep`() throws {
    let millrace = try Self.millrace(
      Self.definition.replacing("train.dropout", with: "train.droput"))
    let checked = try millrace("check", "small.toml")
    #expect(checked.exitCode == 2)
    #expect(checked.output.contains("did you mean 'dropout'?"))
  }
}

extension Millrace {
  /// The bytes of everything in the store.
  fileprivate func storeBytes() throws -> Int {
    let store = folder.url.appending(path: ".millrace")
    let files = FileManager.default.enumerator(
      at: store, includingPropertiesForKeys: [.fileSizeKey])
    var sum = 0
    while let file = files?.nextObject() as? URL {
      sum += try file.resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0
    }
    return sum
  }

  /// The size of the model that these settings trained.
  fileprivate func modelBytes(_ settings: [String]) throws -> Int {
    let shown = try start([Self.program.path, "show", "small.toml", "--json"] + settings).finish()
    let stages = (shown.json as? [String: Any])?["stages"] as? [[String: Any]]
    let train = stages?.first { $0["name"] as? String == "train" }
    let model = (train?["outputs"] as? [String: [String: Any]])?["model"]
    return model?["bytes"] as? Int ?? 0
  }
}
