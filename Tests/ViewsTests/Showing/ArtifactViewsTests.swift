import Chains
import Diagnostics
import Formats
import Pipelines
import Stages
import Testing
import Views

@Suite struct `Every artifact type can be looked into` {
  @Test(arguments: StageCatalog.standard.names)
  func `whatever a stage kind gives has a view`(kind: String) throws {
    let kind = try #require(StageCatalog.standard[kind])
    let given = StageCatalog.standard.outputs(of: kind).map(\.type)
    let missing = given.filter { $0.content == nil }.map(\.name)
    #expect(missing == [], "add it to ArtifactContent, which ArtifactViews shows")
  }

  @Test func `a type nobody knows is refused by name`() throws {
    let sample = try StoredSample()
    let object = try sample.stored("?")
    #expect(throws: Diagnostic.self) { try sample.view(of: object, "riddle") }
  }

  @Test func `rows are picked only from what has rows`() throws {
    let sample = try StoredSample()
    let object = try sample.stored(#"{"length":7}"#)
    #expect(throws: Diagnostic.self) {
      try sample.view(of: object, "length", RowSelection(row: 1))
    }
  }

  @Test func `a length says how many rows lost tokens to it`() throws {
    let sample = try StoredSample()
    let view = try sample.view(
      of: try sample.stored(#"{"length":7}"#), "length",
      facts: [.init("truncated", 3), .init("truncated-share", 0.03)])
    #expect(view.text(width: 80) == ["length 7 tokens; 3 rows truncated (3.0 %)"])
    #expect(view.json == ["length": 7])
  }
}
