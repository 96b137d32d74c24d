import Diagnostics
import Formats
import PipelineFixtures
import Pipelines
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

  @Test(arguments: [
    ("parts = { a = 7, b = \"rest\" }", "rows that a hash deals out cannot be counted beforehand"),
    (
      "parts = { b = { every = 10 }, a = \"rest\" }",
      "rows that a hash deals out cannot be counted beforehand"
    ),
    (
      "group = [\"text\", \"label\"]",
      "a row alone cannot tell which others share a text of several columns"
    ),
    ("folds = 4", "folds have about equal sizes, and a hash gives no sizes"),
    ("stratify = \"label\"", "stratify means nothing to deal = \"hash\""),
    ("shuffle = false", "shuffle means nothing to deal = \"hash\""),
  ])
  func `what all rows decide cannot be dealt out by a hash`(
    _ options: String, _ problem: String
  ) throws {
    let definition = """
      [stage.load]
      path = "rows.csv"
      text = "text"
      [stage.split]
      from = "load"
      deal = "hash"
      \(options)
      """
    let problems = try TemporaryPipeline(files: ["rows.csv": Self.rows]).problems(definition)
    #expect(problems.map(\.message.problem).contains(problem))
  }

  @Test func `a hash of one column keeps rows together that share its text`() throws {
    let result = try split("deal = \"hash\"\ngroup = \"text\"\nparts = { a = 0.5, b = 0.3 }")
    let a = try ids(in: result, part: "a")
    let b = try ids(in: result, part: "b")
    #expect(!a.isEmpty && !b.isEmpty && a.count + b.count < 40)
    #expect(Set(a.map { $0 / 2 }).isDisjoint(with: b.map { $0 / 2 }))
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
    #expect(
      result.notices.contains { $0.message.problem.contains("fewer rows than there are parts") })
  }

  @Test func `a part without rows that another stage reads is refused with numbers`() throws {
    let parts = "parts = { train = 0.98, valid = 0.01, test = 0.01 }"
    #expect(try split(parts).fact("split", "rows")?["test"] == 0)
    let failure = try #require(throws: Diagnostic.self) {
      try split(parts, after: "[stage.words]\nkind = \"tokenize\"\nfrom = \"split.test\"")
    }
    #expect(
      failure.message.problem
        == "the part 'test' is empty: its share of 0.01 is 0.4 of 40 rows")
  }

  @Test func `a part whose texts another part has too is warned of`() throws {
    let result = try split(
      "parts = { train = 0.9, valid = 0.1, test = \"load\" }", clean: "urls = true")
    let problems = result.notices.map(\.message.problem)
    #expect(
      problems.contains {
        $0.hasPrefix("the parts share texts") && $0.contains("test: 40 rows of 40")
      })
    let grouped = try split("group = \"text\"")
    #expect(!grouped.notices.contains { $0.message.problem.hasPrefix("the parts share texts") })
  }

  @Test func `a part from the file that the others are drawn from is doubted before anything runs`()
    throws
  {
    let plan = try TemporaryPipeline(files: ["rows.csv": Self.rows, "other.csv": Self.rows]).plan(
      """
      [stage.load]
      path = "rows.csv"
      text = "text"
      [stage.again]
      kind = "load"
      path = "rows.csv"
      text = "text"
      [stage.other]
      kind = "load"
      path = "other.csv"
      text = "text"
      [stage.split]
      from = "load"
      parts = { train = "rest", valid = "other", test = "again" }
      """)
    let doubts = plan.warnings.filter { $0.message.problem.contains("drawn from") }
    #expect(doubts.count == 1)
    #expect(doubts.first?.message.problem.hasPrefix("'parts.test' comes from") == true)
  }

  @Test func `groups that keep parts from their sizes are told with numbers`() throws {
    let result = try split("group = \"text\"\nparts = { train = \"rest\", test = 5 }")
    let problems = result.notices.map(\.message.problem)
    #expect(problems.contains { $0.contains("'test' has") && $0.contains("rows instead of 5") })
    #expect(problems.contains { $0.hasSuffix("groups stay whole, the largest has 2 rows") })
  }

  @Test func `a column says which part a row is in, and rows of other values are told of`() throws {
    let result = try split(
      "by = \"label\"\nparts = { train = \"common\", test = \"rare\" }")
    #expect(try ids(in: result, part: "test") == (0..<10).map { $0 * 4 })
    #expect(try ids(in: result, part: "train").count == 30)
    let some = try split("by = \"label\"\nparts = { train = \"common\" }")
    #expect(
      some.notices.map(\.message.problem)
        == ["rows are in no part, by their values in 'label': 'rare' (10 rows)"])
    let failure = try #require(throws: Diagnostic.self) {
      try split(
        "by = \"label\"\nparts = { train = \"odd\" }",
        after: "[stage.words]\nkind = \"tokenize\"\nfrom = \"split.train\"")
    }
    #expect(
      failure.message.problem
        == "the part 'train' is empty: no row has 'odd' in the column 'label'")
  }

  @Test(arguments: ["stratify = \"label\"", "folds = 3", "group = \"text\"", "seed = 1"])
  func `with a column of parts nothing else deals rows`(_ option: String) throws {
    let failure = try #require(throws: Diagnostic.self) {
      try split("by = \"label\"\n\(option)")
    }
    #expect(failure.message.problem.hasSuffix("means nothing to parts that a column names"))
  }

  @Test func `ten folds hold out each row once, whatever is kept for validation`() throws {
    let turns = try (1...10).map { fold in
      try split(
        """
        folds = 10
        fold = \(fold)
        parts = { train = "rest", valid = 0.25, test = "fold" }
        stratify = "label"
        """)
    }
    let held = try turns.map { try ids(in: $0, part: "test") }
    #expect(held.flatMap { $0 }.sorted() == Array(0..<40))
    #expect(held.allSatisfy { $0.count == 4 && $0.count { $0 % 4 == 0 } == 1 })
    for turn in turns {
      let parts = try ["train", "valid", "test"].map { try ids(in: turn, part: $0) }
      #expect(parts.map(\.count) == [27, 9, 4])
      #expect(parts.flatMap { $0 }.sorted() == Array(0..<40))
    }
    #expect(try turns[2].fact("split", "summary") == "train 27, valid 9, test 4 rows, fold 3 of 10")
  }

  @Test func `with folds, train is the rest and test the first fold unless given`() throws {
    let usual = try split("folds = 4")
    #expect(try ids(in: usual, part: "test").count == 10)
    #expect(try ids(in: usual, part: "train").count == 30)
    #expect(
      try usual.keyText("split")
        == split("folds = 4\nfold = 1\nparts = { train = \"rest\", test = \"fold\" }")
        .keyText("split"))
  }

  private func ids(in result: PipelineResult, part: String) throws -> [Int] {
    try result.table("split.\(part)").dropFirst().compactMap { line in
      line.split(separator: "|").last.flatMap { Int($0) }
    }
  }

  private func split(
    _ options: String, seed: Int = 7, clean: String = "", after: String = ""
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
      \(after)
      """)
    if let failure = result.failure { throw failure }
    return result
  }
}
