import Artifacts
import Diagnostics
import Formats
import PipelineFixtures
import Pipelines
import Testing
import Views

/// Features of rows, and the rows that are nearest to a text.
@Suite(.timeLimit(.minutes(120)))
struct FeaturesViewTests {
  private static let definition = """
    \(Toy.load)
    \(ToyEncoder.numbering("load", by: "mini"))
    [stage.encode]
    from = "binarize"
    encoder = "mini"
    """

  private let result: PipelineResult

  init() throws {
    let rows = "label,text\n+,A lovely film\n+,warm songs\n-,\"dull, cold\"\n-,a flat book\n"
    result = try TemporaryPipeline(
      files: TinyEncoder.files().merging(["reviews.csv": rows]) { first, _ in first }
    ).run(Self.definition)
    if let failure = result.failure { throw failure }
  }

  private func view(
    _ port: String, _ selection: RowSelection = RowSelection()
  ) throws -> any ArtifactView {
    let record = try result.record("encode")
    return try ArtifactViews.view(
      of: ShownArtifact(
        #require(record.output(port)), of: record, by: result.plan["encode"]?.stage,
        in: result.store, selection))
  }

  @Test func `features are summed up by class`() throws {
    let view = try view("features")
    #expect(
      view.text(width: 100).first?.hasPrefix("4 rows, 4 features each, by the encoder") == true)
    #expect(view.json["rows"] == 4 && view.json["features"] == 4)
    let classes = try #require(view.json["classes"]?.arrayValue)
    #expect(classes.map { $0["class"]?.stringValue } == ["+", "-"])
    for row in classes {
      #expect(row["rows"] == 2)
      #expect((-1.0001...1.0001).contains(row["cosine"]?.doubleValue ?? 9))
      #expect(row["next"]?.stringValue == (row["class"] == "+" ? "-" : "+"))
    }
  }

  @Test(arguments: [("a lovely film", 1, "a lovely film"), ("Dull, cold", 3, "dull , cold")])
  func `the row that says the same is the nearest`(_ text: String, _ row: Int, _ shown: String)
    throws
  {
    let view = try view("features", RowSelection(limit: 2, near: text))
    let rows = try #require(view.json["shown"]?.arrayValue)
    #expect(rows.count == 2)
    #expect(rows[0]["row"]?.intValue == row && rows[0]["text"]?.stringValue == shown)
    #expect((rows[0]["cosine"]?.doubleValue ?? 0) > 0.99999)
    #expect((rows[1]["cosine"]?.doubleValue ?? 2) < (rows[0]["cosine"]?.doubleValue ?? 0))
    #expect(view.text(width: 90)[0] == "2 of 4 rows, nearest to '\(text)'")
  }

  @Test func `an encoder is shown with its layers and its chain`() throws {
    let text = try view("encoder").text(width: 100).joined(separator: "\n")
    #expect(text.hasPrefix("encoder, ") && text.contains("pooling mean"))
    #expect(text.contains("tokenize") && text.contains("with its encoder.vocab.txt"))
  }

  @Test func `only features have nearest rows`() throws {
    let record = try result.record("load")
    let error = #expect(throws: Diagnostic.self) {
      try ArtifactViews.view(
        of: ShownArtifact(
          #require(record.outputs.first), of: record, in: result.store,
          RowSelection(near: "film")))
    }
    #expect(error?.message.problem.isEmpty == false)
  }
}
