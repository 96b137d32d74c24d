import Artifacts
import Diagnostics
import Fixtures
import Formats
import Testing
import Views

/// What differs inside two artifacts of a type.
@Suite struct ArtifactDifferenceTests {
  private let folder: TemporaryFolder
  private let store: ArtifactStore

  init() throws {
    folder = try TemporaryFolder()
    store = ArtifactStore(root: folder.path("store"), isDurable: false)
  }

  @Test func `tables are compared row by row, by where the rows came from`() throws {
    let difference = try #require(
      try difference(
        "table", "line\ttext\tlabel\n1\tone\ta\n2\ttwo\ta\n3\tthree\tb\n",
        "line\ttext\tlabel\n3\tthree\tb\n2\tTwo\ta\n4\tfour\tb\n"))
    #expect(difference.summary(width: 100) == ["1 row changed, −1, +1, of 3 → 3"])
    #expect(
      difference.text(width: 100) == [
        "1 row changed, −1, +1, of 3 → 3", "", "line 2", "  − text: two", "  + text: Two",
      ])
    #expect(difference.json["only-a"]?.intValue == 1 && difference.json["only-b"]?.intValue == 1)
  }

  @Test func `tables with other columns are compared by those of both`() throws {
    let difference = try #require(
      try difference(
        "table", "line\ttext\tlabel\tloss\n1\tone\ta\t2\n2\ttwo\ta\t3\n",
        "line\tlabel\ttext\n1\ta\tone\n2\tb\ttwo\n"))
    #expect(
      difference.text(width: 100) == [
        "1 row changed in the columns of both, of 2 → 2", "− columns loss", "", "line 2",
        "  − label: a", "  + label: b",
      ])
    #expect(difference.json["columns-only-a"] == ["loss"])
    let strangers = try #require(
      try self.difference("table", "line\ttext\n1\tone\n", "line\tsource\n1\tun\n"))
    #expect(
      strangers.text(width: 100) == [
        "no column in common, of 1 → 1", "− columns text", "+ columns source",
      ])
  }

  @Test func `merges and vocabularies are compared by their entries and ranks`() throws {
    let merges = try #require(
      try difference(
        "merges", "#version: 0.2\na b\nc d\ne f\n", "#version: 0.2\nc d\na b\ng h</w>\n"))
    #expect(
      merges.summary(width: 100) == ["−1 +1 merges, 2 at another rank, of 3 → 3"])
    #expect(merges.json["only-a"] == ["e f"] && merges.json["only-b"] == ["g h</w>"])
    let words = try #require(
      try difference(
        "vocabulary", "<pad>\t0\n<unk>\t0\nthe\t9\n", "<pad>\t0\n<unk>\t0\nthe\t8\na\t2\n"))
    #expect(words.summary(width: 100) == ["−0 +1 entries, of 3 → 4"])
  }

  @Test func `values are compared by their names`() throws {
    let values = try #require(
      try difference(
        "length", "{\"length\": 60, \"side\": \"left\"}", "{\"length\": 61, \"side\": \"left\"}"))
    #expect(values.summary(width: 100) == ["length 60 → 61"])
    let histories = try #require(
      try difference("history", "[{\"epoch\": 1}, {\"epoch\": 2}]", "[{\"epoch\": 1}]"))
    #expect(histories.summary(width: 100) == ["2 → 1 entries, 1 value differs"])
  }

  @Test func `a type that has no comparison is not compared`() throws {
    #expect(try difference("page", "a", "b")?.json == nil)
  }

  private func difference(
    _ type: String, _ a: String, _ b: String
  ) throws(Diagnostic) -> (any ArtifactView)? {
    try ArtifactViews.difference(
      of: ComparedArtifacts(
        store.output(type, type, a), store.output(type, type, b), in: store))
  }
}
