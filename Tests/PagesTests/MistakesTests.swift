import Diagnostics
import Fixtures
import Formats
import PipelineFixtures
import Pipelines
import Reports
import Testing
import Views

/// The rows that a classifier got wrong, as `show` and the page have them.
struct MistakesTests {
  private static let training = """
    label,text
    good,a lovely film
    good,a bright song
    good,a lovely play
    bad,a dull film
    bad,a cold song
    bad,a dull meal

    """
  private static let test = """
    label,text
    good,a lovely song
    bad,"a lovely, bright meal"
    good,a cold meal
    bad,a dull play

    """

  private let result: PipelineResult

  init() throws {
    result = try TemporaryPipeline(files: ["train.csv": Self.training, "test.csv": Self.test])
      .run(Toy.naiveBayes)
    if let failure = result.failure { throw failure }
  }

  private func shown(_ selection: PredictionSelection) throws -> any ArtifactView {
    try result.shown("evaluate", "predictions", RowSelection(limit: 20, predictions: selection))
  }

  @Test func `wrong rows stand with their texts and the words behind what was said`() throws {
    let lines = try shown(PredictionSelection(isWrong: true, order: .probability)).text(width: 100)
    #expect(lines[0] == "2 wrong rows, of 4")
    #expect(lines[2].wholeMatch(of: /line test.csv:4  good taken for bad  0\.9\d+/) != nil)
    #expect(lines[3] == "  a cold meal")
    #expect(lines[4].hasPrefix("  for bad: cold +1.10, meal +1.10"))
    #expect(lines[6].wholeMatch(of: /line test.csv:3  bad taken for good  0\.9\d+/) != nil)
    #expect(lines[7] == "  a lovely, bright meal")
    #expect(lines[8].hasPrefix("  for good: ") && lines[8].contains("lovely +"))
    #expect(lines[8].contains("; for bad: ") && lines[8].contains("meal −"))
  }

  @Test func `classes choose rows, and a class that is none is told with the nearest`() throws {
    let right = try shown(PredictionSelection(truth: "good", predicted: "good"))
    #expect(right.json["matches"] == 1 && right.json["rows"] == 4)
    #expect(right.json["shown"]?.arrayValue?[0]["text"] == "a lovely song")
    let wrong = try shown(PredictionSelection(isWrong: true, truth: "good"))
    #expect(wrong.json["shown"]?.arrayValue?[0]["predicted"] == "bad")
    let error = try #require(throws: Diagnostic.self) {
      try shown(PredictionSelection(truth: "goud"))
    }
    #expect(error.message.problem == "no row is or was taken for 'goud'; did you mean 'good'?")
  }

  @Test func `of wrong rows the probability of the true class is told too`() throws {
    let rows = try shown(PredictionSelection(isWrong: true)).json["shown"]?.arrayValue ?? []
    #expect(rows.count == 2)
    for row in rows {
      let both = try [row["probability"], row["label-probability"]].map {
        try #require($0?.doubleValue)
      }
      #expect(abs(both[0] + both[1] - 1) < 1e-5)
    }
  }

  @Test func `other programs get a table with whole texts`() throws {
    let table = try #require(try shown(PredictionSelection(isWrong: true)).tables.first?.table)
    #expect(table.csv[0] == "row,line,true,predicted,probability,words,text")
    #expect(table.csv.count == 3)
    #expect(table.csv[1].hasSuffix(",\"a lovely, bright meal\""))
    #expect(table.markdown[1].hasPrefix("| ---: | --- |"))
  }

  @Test func `only predictions have wrong rows`() throws {
    let error = try #require(throws: Diagnostic.self) {
      try result.shown("tokenize", "test", RowSelection(predictions: PredictionSelection()))
    }
    #expect(error.message.problem == "this is no table of a classifier's predictions")
  }

  @Test func `scores are shown with intervals, average precision and calibration`() throws {
    let view = try result.shown("evaluate", "scores", RowSelection())
    let text = view.text(width: 110).joined(separator: "\n")
    #expect(text.contains("± 95 %") && text.contains("average precision"))
    #expect(text.contains("calibration: of the rows that were given a probability"))
    #expect(text.contains("│"))
    #expect(
      view.tables.map(\.title) == ["scores", "classes", "confusion", "calibration"])
  }

  @Test func `the page has the words, the reliability and the precision at each recall`() throws {
    let page = try result.page()
    #expect(page.contains("Most confident mistakes: all 2"))
    #expect(page.contains("for good: lovely +"))
    #expect(page.contains("calibration error (ECE) is "))
    #expect(page.contains("Of the classes with the lowest average precision"))
    #expect(page.contains("± 95 %"))
  }
}
