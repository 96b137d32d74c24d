import Artifacts
import Formats
import Stages
import Testing

@Suite struct `Texts that parts share` {
  private func shared(_ parts: [(name: String, rows: [String])]) throws -> SharedTexts? {
    let sample = try StoredSample()
    let outputs = try parts.map { name, rows in
      let lines = rows.enumerated().map { "\($0.offset + 2)\t\($0.element)\tx\n" }
      let object = try sample.stored("line\ttext\tlabel\n" + lines.joined())
      return RecordedOutput(
        port: name, type: "table", digest: object.digest, byteCount: object.byteCount)
    }
    return try SharedTexts(among: outputs, in: sample.store)
  }

  @Test func `rows of a later part whose text an earlier one has are counted`() throws {
    let shared = try #require(
      try shared([("train", ["a", "b", "c"]), ("test", ["b", "d", "b", "e"])]))
    #expect(
      shared.text(width: 80) == ["test: 2 rows of 4 (50.0 %) with a text that train has too"])
    #expect(shared.json == ["test": ["train": 2]])
  }

  @Test func `parts that share none are said to share none`() throws {
    let shared = try #require(try shared([("train", ["a"]), ("test", ["b"])]))
    #expect(shared.text(width: 80) == ["no text of one part is in another"])
  }

  @Test func `one table alone has nothing to share with`() throws {
    #expect(try shared([("train", ["a"])])?.json == nil)
  }

  @Test func `of many pairs of parts a warning names twenty`() throws {
    let parts = (0..<8).map { (name: "part-\($0)", rows: ["the same words"]) }
    let lines = try #require(try shared(parts)).descriptions(from: 0.01)
    #expect(lines.count == 21 && lines.last == "8 more pairs of parts")
    #expect(lines.first == "part-1: 1 row of 1 (100.0 %) with a text that part-0 has too")
  }
}
