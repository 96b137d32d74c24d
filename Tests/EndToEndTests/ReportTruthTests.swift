import Fixtures
import Foundation
import Testing

/// Every score and every row's text on the page of `report`, beside `show --json` and the files that
/// the rows were loaded from.
@Suite(.timeLimit(.minutes(120))) struct ReportTruthTests {
  private static let narrow = [
    "--set", "train.embedding=8", "--set", "train.hidden=8", "--set", "train.epochs=2",
    "--set", "vocabulary.size=400",
  ]

  @Test func `the page of a shipped classifier`() throws {
    let millrace = try Self.shipped("classify-bios", "bios.csv", lines: 900)
    try Self.run(millrace, "classify-bios.toml", Self.narrow)
    let page = try Self.page(millrace, "classify-bios.toml", Self.narrow)
    let lines = try LoadedLines([URL(filePath: millrace.folder.path("fixtures/bios.csv"))])
    let shown = try Self.checkClassifier(
      page, in: millrace, "classify-bios.toml", Self.narrow, lines)
    #expect(shown > 20)
  }

  @Test func `the page of a classifier with a test file of its own`() throws {
    let rows = try SmallPipeline.rows(400).split(separator: "\n").map(String.init)
    let definition =
      SmallPipeline.definition
      .replacing("[stage.load]", with: "[stage.load-train]\nkind = \"load\"")
      .replacing("path = \"rows.csv\"", with: "path = \"train.csv\"")
      .replacing("from = \"load\"", with: "from = \"split\"")
      .replacing(
        "from = \"tokenize\"\nparts = { train = 0.8, test = 0.2 }\nstratify = \"label\"",
        with: "from = \"load-train\"\nparts = { train = \"rest\", test = \"load-test\" }"
      )
      .replacing("from = \"split.train\"", with: "from = \"tokenize.train\"")
      .replacing(
        "[stage.binarize]\nfrom = \"split\"", with: "[stage.binarize]\nfrom = \"tokenize\"")
      + "\n[stage.load-test]\nkind = \"load\"\npath = \"test.csv\"\ntext = \"description\"\nlabel = \"category\"\n"
    let millrace = try Millrace(files: [
      "own.toml": definition, "train.csv": rows[...300].joined(separator: "\n") + "\n",
      "test.csv": ([rows[0]] + rows[301...]).joined(separator: "\n") + "\n",
    ])
    try Self.run(millrace, "own.toml", [])
    let page = try Self.page(millrace, "own.toml", [])
    let lines = try LoadedLines(
      ["train.csv", "test.csv"].map { URL(filePath: millrace.folder.path($0)) })
    let shown = try Self.checkClassifier(page, in: millrace, "own.toml", [], lines) { place in
      #expect(place.hasPrefix("test.csv:"), "\(place)")
    }
    #expect(shown > 20)
  }

  @Test func `the page of a shipped translator`() throws {
    let options = [
      "train.embedding=16", "train.encoder-channels=[16]", "train.decoder-channels=[16]",
      "train.output-embedding=16", "train.epochs=2", "learn-bpe.merges=200",
    ].flatMap { ["--set", $0] }
    let millrace = try Self.shipped("translate-en-fr", "en-fr.tsv", lines: 1500)
    try Self.run(millrace, "translate-en-fr.toml", options)
    let page = try Self.page(millrace, "translate-en-fr.toml", options)
    let scores = try Self.json(millrace, ["show", "translate-en-fr.toml", "evaluate"] + options)
    let section = try #require(page.section("scores-evaluate"))
    let tables = section.tables
    for cells in try #require(tables.first).rows {
      let name = cells[0].text
      Self.expect(cells[1], is: scores[name], name, places: 2)
      Self.expect(cells[2], is: scores["\(name)-interval"], "\(name)-interval", places: 2)
      #expect(cells[3].text == scores["\(name)-signature"] as? String)
    }
    let made = try #require(tables.first { $0.columns.first == "n-grams" })
    for (place, name) in made.columns.enumerated().dropFirst() {
      let precisions = try #require(scores["\(name)-precisions"] as? [Double])
      for order in precisions.indices {
        Self.expect(made.rows[order][place], is: precisions[order], "\(name) \(order)", places: 2)
      }
      let ends = made.rows.suffix(2).map { $0[place] }
      Self.expect(ends[0], is: scores["\(name)-brevity-penalty"], "brevity penalty")
      Self.expect(ends[1], is: scores["\(name)-length-ratio"], "length ratio")
    }
    #expect(page.html.contains("<mark>") && page.html.contains(">Worst sentence<"))
    try Self.checkSentences(
      try #require(page.section("mistakes-evaluate")),
      table: try Self.table(millrace, "translate-en-fr.toml", "evaluate.sentences", options),
      try LoadedLines([URL(filePath: millrace.folder.path("fixtures/en-fr.tsv"))]))
  }

  @Test func `the page of a sweep`() throws {
    let sweep = """

      [sweep.rate]
      grid = { "train.learning-rate" = [5e-3, 0.02], "train.hidden" = [4, 6] }
      seeds = 2
      best = "evaluate.accuracy max"
      """
    let millrace = try SmallPipeline.millrace(SmallPipeline.definition + sweep)
    #expect(try millrace("sweep", "small.toml", "rate").exitCode == 0)
    let page = try Self.page(millrace, "small.toml", [])
    let listed = try Self.json(millrace, ["table", "small.toml", "rate"])
    let points = try #require(listed["points"] as? [[String: Any]])
    let table = try #require(page.section("sweep-rate")?.tables.first)
    #expect(table.rows.count == 4 && points.count == 4)
    for (cells, point) in zip(table.rows, points) {
      let options = try #require(point["options"] as? [String: Any])
      #expect(cells[1].number == point["point"] as? Double)
      #expect(Double(cells[2].text) == options["train.learning-rate"] as? Double)
      #expect(Double(cells[3].text) == options["train.hidden"] as? Double)
      #expect((cells[0].text == "★") == (point["best"] as? Bool))
      let means = try #require(point["scores"] as? [String: Double])
      let deviations = try #require(point["sd"] as? [String: Double])
      for (place, title) in table.columns.enumerated().dropFirst(4) where title.hasSuffix(" ± sd") {
        let name = String(title.dropLast(5))
        let shown = cells[place].values.map(\.exact)
        #expect(shown.count == 2, "\(name)")
        for (exact, value) in zip(shown, [means[name], deviations[name]]) {
          #expect(Self.isEqual(exact, value ?? .nan), "\(name): \(exact)")
        }
      }
    }
    // The rows shown are those of the best point's first seed.
    let best = ["--point", "best"]
    let lines = try LoadedLines([URL(filePath: millrace.folder.path("rows.csv"))])
    #expect(
      try Self.checkRows(
        page, try Self.table(millrace, "small.toml", "evaluate.predictions", best), lines) > 20)
  }

  /// Takes a while, and the data that the definitions name.
  @Test(
    .enabled(if: ProcessInfo.processInfo.environment["MILLRACE_DATA"] != nil),
    arguments: [
      ("trec", ["trec/train.tsv.gz", "trec/test.tsv.gz"]),
      ("stackoverflow-titles", ["stackoverflow-titles/titles.tsv.gz"]),
    ])
  func `the page of a classifier of real data`(name: String, files: [String]) throws {
    let data = try #require(Folders.data)
    let definition = Folders.project.appending(path: "pipelines/\(name).toml").path
    let millrace = try Millrace()
    let options = ["--set", "train.epochs=2"]
    try Self.run(millrace, definition, options)
    let page = try Self.page(millrace, definition, options)
    let lines = try LoadedLines(files.map { data.appending(path: "classification/\($0)") })
    let shown = try Self.checkClassifier(page, in: millrace, definition, options, lines) { place in
      #expect(files.count == 1 || place.hasPrefix("test.tsv.gz:"), "\(place)")
    }
    #expect(shown > 60)
  }
}

extension ReportTruthTests {
  /// A shipped definition beside the first lines of its fixture.
  private static func shipped(_ name: String, _ fixture: String, lines: Int) throws -> Millrace {
    let definition = try String(
      contentsOf: Folders.project.appending(path: "pipelines/\(name).toml"), encoding: .utf8)
    let text = try String(contentsOf: Folders.fixtures.appending(path: fixture), encoding: .utf8)
    let kept = text.split(separator: "\n").prefix(lines).joined(separator: "\n")
    return try Millrace(files: [
      "\(name).toml": definition.replacing("\"../fixtures/", with: "\"fixtures/"),
      "fixtures/\(fixture)": kept + "\n",
    ])
  }

  private static func run(_ millrace: Millrace, _ file: String, _ options: [String]) throws {
    let run = try millrace.start([Millrace.program.path, "run", file] + options).finish()
    try #require(run.exitCode == 0, "\(run.output)\(run.errors)")
  }

  private static func page(
    _ millrace: Millrace, _ file: String, _ options: [String]
  ) throws -> ReportPage {
    let made = try millrace.start([Millrace.program.path, "report", file, "-o", "-"] + options)
      .finish()
    try #require(made.exitCode == 0, "\(made.errors)")
    return ReportPage(made.output[...])
  }

  private static func json(_ millrace: Millrace, _ words: [String]) throws -> [String: Any] {
    let shown = try millrace.start([Millrace.program.path] + words + ["--json"]).finish()
    return try #require(shown.json as? [String: Any], "\(words): \(shown.errors)")
  }

  /// The rows of a stored table, its columns first.
  private static func table(
    _ millrace: Millrace, _ file: String, _ output: String, _ options: [String]
  ) throws -> [[String]] {
    let shown = try millrace.start(
      [Millrace.program.path, "show", file, output, "--raw"] + options
    ).finish()
    try #require(shown.exitCode == 0, "\(shown.errors)")
    return shown.output.split(separator: "\n").map { line in
      line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
  }

  /// Whether a text is a number, but for the last bits: Foundation reads JSON's numbers to within them.
  private static func isEqual(_ exact: String, _ value: Double) -> Bool {
    Double(exact).map { abs($0 - value) <= 1e-12 * abs(value) } ?? false
  }

  /// That a cell holds just this number, and shows it rounded.
  private static func expect(
    _ cell: ReportPage.Cell, is value: Any?, _ name: String, places: Int = 4
  ) {
    guard let value = (value as? NSNumber)?.doubleValue, let shown = cell.values.first else {
      #expect(cell.values.isEmpty && value == nil, "\(name): \(cell.text)")
      return
    }
    #expect(Self.isEqual(shown.exact, value), "\(name): \(shown.exact) for \(value)")
    let read = Double(shown.shown.filter { $0 != "," })
    #expect(
      read.map { abs($0 - value) <= 0.500001 * pow(10, -Double(places)) } == true,
      "\(name): \(shown.shown) for \(value)")
  }

  /// Everything that the page says of a classifier's scores, and every row that it shows.
  ///
  /// - Returns: how many rows it shows.
  private static func checkClassifier(
    _ page: ReportPage, in millrace: Millrace, _ file: String, _ options: [String],
    _ lines: LoadedLines, place: (String) -> Void = { _ in }
  ) throws -> Int {
    let scores = try json(millrace, ["show", file, "evaluate"] + options)
    let section = try #require(page.section("scores-evaluate"))
    let tables = section.tables
    let summary = try #require(tables.first)
    #expect(
      summary.columns.prefix(4) == ["score", "model", "± 95 %", "naive Bayes"], "\(summary.columns)"
    )
    for cells in summary.rows where cells[0].text != "rows" {
      let score = cells[0].text
      let names = [score, "\(score)-interval", "naive-bayes-\(score)", "majority-\(score)"]
      for (cell, name) in zip(cells.dropFirst(), names) { expect(cell, is: scores[name], name) }
    }
    let classes = try #require(scores["classes"] as? [[String: Any]])
    let byClass = try #require(tables.first { $0.columns.first == "class" })
    #expect(byClass.rows.count == classes.count)
    for cells in byClass.rows {
      let entry = try #require(classes.first { $0["class"] as? String == cells[0].text })
      let names = ["f1", "f1-lower", "precision", "recall", "average-precision", "support"]
      for (cell, name) in zip(cells.dropFirst(), names) {
        expect(
          cell, is: entry[name], "\(cells[0].text) \(name)", places: name == "f1-lower" ? 2 : 4)
      }
      if let upper = entry["f1-upper"] as? Double {
        #expect(cells[2].values.count == 2 && isEqual(cells[2].values[1].exact, upper))
      }
    }
    let weakest = byClass.rows.compactMap { $0[1].number }
    #expect(weakest == weakest.sorted())
    let confusion = try #require(scores["confusion"] as? [[Int]])
    let matrix = try #require(tables.first { $0.columns.first?.hasPrefix("predicted") == true })
    for (cells, counts) in zip(matrix.rows, confusion) {
      #expect(cells.dropFirst().map { Int($0.number ?? 0) } == counts, "\(cells[0].text)")
    }
    return try checkRows(
      page, try table(millrace, file, "evaluate.predictions", options), lines, place: place)
  }

  /// The rows of a page: each is a prediction, its text stands at its place, and so does its label.
  private static func checkRows(
    _ page: ReportPage, _ predictions: [[String]], _ lines: LoadedLines,
    place tell: (String) -> Void = { _ in }
  ) throws -> Int {
    let section = try #require(page.section("mistakes-evaluate"))
    var count = 0
    for table in section.tables {
      guard let places = table.column("line"), let texts = table.column("text"),
        let probabilities = table.column("probability")
      else { continue }
      for row in places.indices {
        count += 1
        let place = places[row].text
        tell(place)
        let line = place.split(separator: ":").last?.filter { $0 != "," } ?? ""
        let probability = probabilities[row].number
        let prediction = try #require(
          predictions.first {
            $0[0].split(separator: ":").last.map(String.init) == line
              && Double($0[3]) == probability
          }, "\(place)")
        let fields = try #require(lines.fields(at: place), "\(place)")
        let text = texts[row].text
        #expect(
          fields.contains { text.hasSuffix("…") ? $0.hasPrefix(text.dropLast()) : $0 == text },
          "\(place): \(text)")
        #expect(fields.contains(prediction[1]), "\(place) is no \(prediction[1])")
        if let truth = table.column("true")?[row], let taken = table.column("taken for")?[row] {
          #expect(truth.text == prediction[1] && taken.text == prediction[2], "\(place)")
        }
      }
    }
    return count
  }

  /// The sentences of a page: source and reference stand at their place, the scores are theirs.
  private static func checkSentences(
    _ section: ReportPage, table: [[String]], _ lines: LoadedLines
  ) throws {
    let sentences = section.sentences
    #expect(sentences.count == 23)
    for sentence in sentences {
      let named = Dictionary(sentence.map { ($0.name, $0.text) }, uniquingKeysWith: { $1 })
      let note = try #require(named["note"]?.firstMatch(of: /line ([^ ]+): (.*)/))
      let fields = try #require(lines.fields(at: String(note.1)))
      #expect(fields == [named["source"], named["reference"]], "\(note.1)")
      let row = try #require(
        table.first { $0[0] == note.1.filter { $0 != "," } && $0[1] == named["translation"] },
        "\(note.1)")
      let scores = note.2.matches(of: /([a-z0-9+-]+) (-?[0-9.]+)/)
      #expect(!scores.isEmpty)
      for score in scores {
        let column = try #require(table[0].firstIndex(of: String(score.1)), "\(score.1)")
        let (shown, exact) = (Double(score.2) ?? .nan, Double(row[column]) ?? .infinity)
        #expect(abs(shown - exact) <= 0.00501, "\(note.1) \(score.1)")
      }
    }
  }
}
