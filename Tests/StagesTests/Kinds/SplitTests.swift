import Artifacts
import Diagnostics
import Testing

struct SplitTests {
  /// Forty rows: ids, a label that every fourth row has, a text that two neighbours share.
  private static let rows =
    "id,label,text\n"
    + (0..<40).map { "\($0),\($0 % 4 == 0 ? "rare" : "common"),text \($0 / 2)\n" }.joined()

  @Test(arguments: [
    ("", ["train": 32, "valid": 4, "test": 4]),
    ("parts = { a = 0.5, b = 0.25 }", ["a": 20, "b": 10]),
    ("parts = { a = 7, b = \"rest\" }", ["a": 7, "b": 33]),
    ("parts = { a = 0.5, b = 7, c = \"rest\" }", ["a": 20, "b": 7, "c": 13]),
    ("parts = { b = { every = 10 }, a = \"rest\" }", ["a": 36, "b": 4]),
    ("parts = { a = 0.5, b = 0.5 }\ngroup = \"text\"", ["a": 20, "b": 20]),
    ("parts = { a = \"rest\", b = \"load\" }", ["a": 40, "b": 40]),
  ])
  func `parts have the rows asked for`(_ options: String, _ counts: [String: Int]) throws {
    let result = try split(options)
    for (part, count) in counts {
      #expect(try result.table("split.\(part)").count == count + 1, "\(part)")
      #expect(try result.fact("split", "rows")?[part]?.intValue == count)
    }
  }

  @Test func `drawn parts share no row and keep the order of the input`() throws {
    let result = try split("")
    let parts = try ["train", "valid", "test"].map { try ids(in: result, part: $0) }
    #expect(parts.flatMap { $0 }.sorted() == Array(0..<40))
    #expect(parts.allSatisfy { $0 == $0.sorted() })
    #expect(parts[0] != Array(0..<32))
  }

  @Test func `every n-th row is counted from the first`() throws {
    let result = try split("parts = { b = { every = 10 }, a = \"rest\" }")
    #expect(try ids(in: result, part: "b") == [9, 19, 29, 39])
  }

  @Test func `without shuffling parts are runs of rows`() throws {
    let result = try split("shuffle = false")
    #expect(try ids(in: result, part: "valid") == [32, 33, 34, 35])
    #expect(try split("shuffle = false", seed: 8).keyText("split") == result.keyText("split"))
  }

  @Test func `classes have their proportion in every part`() throws {
    let result = try split("stratify = \"label\"\nparts = { a = 0.6, b = 0.4 }")
    #expect(try ids(in: result, part: "a").count { $0 % 4 == 0 } == 6)
    #expect(try ids(in: result, part: "b").count { $0 % 4 == 0 } == 4)
  }

  @Test func `rows that share a text stay together`() throws {
    let result = try split("group = \"text\"\nparts = { a = 0.7, b = 0.3 }")
    let a = Set(try ids(in: result, part: "a").map { $0 / 2 })
    let b = Set(try ids(in: result, part: "b").map { $0 / 2 })
    #expect(a.isDisjoint(with: b))
    #expect(try result.fact("split", "groups") == 20)
    #expect(try result.fact("split", "largest-group") == 2)
  }

  @Test func `the seed decides the parts`() throws {
    let first = try ids(in: split(""), part: "test")
    #expect(try ids(in: split("", seed: 7), part: "test") == first)
    #expect(try ids(in: split("", seed: 8), part: "test") != first)
    #expect(try ids(in: split("seed = 7", seed: 8), part: "test") == first)
  }

  @Test func `an option before the split does not deal the rows anew`() throws {
    let before = try split("", clean: "lowercase = false")
    let after = try split("", clean: "lowercase = true")
    for part in ["train", "valid", "test"] {
      #expect(try ids(in: before, part: part) == ids(in: after, part: part))
    }
  }

  @Test func `a class with fewer rows than parts is warned of`() throws {
    let result = try split("stratify = \"id\"")
    #expect(result.notices.contains { $0.message.problem.contains("fewer than there are parts") })
  }

  private func ids(in result: PipelineResult, part: String) throws -> [Int] {
    try result.table("split.\(part)").dropFirst().compactMap { line in
      line.split(separator: "|").last.flatMap { Int($0) }
    }
  }

  private func split(
    _ options: String, seed: Int = 7, clean: String = ""
  ) throws -> PipelineResult {
    let result = try TemporaryPipeline(files: ["rows.csv": Self.rows]).run(
      """
      seed = \(seed)
      [stage.load]
      path = "rows.csv"
      text = "text"
      label = "label"
      keep = "id"
      [stage.clean]
      from = "load"
      \(clean)
      [stage.split]
      from = "clean"
      \(options)
      """)
    if let failure = result.failure { throw failure }
    return result
  }
}
