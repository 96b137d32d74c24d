import Formats
import PipelineFixtures
import Testing

struct CleanFilterTests {
  private static let load = """
    [stage.load]
    files = { text = "a.txt", label = "b.txt" }
    [stage.clean]
    from = "load"

    """

  @Test(arguments: [
    ("", ["1|one|x", "3|one|y", "4|one two three|x", "5|one|x"]),
    ("drop-empty = false", ["1|one|x", "2||x", "3|one|y", "4|one two three|x", "5|one|x"]),
    ("minimum-words = 2", ["4|one two three|x"]),
    ("maximum-words = 2", ["1|one|x", "3|one|y", "5|one|x"]),
    ("drop-duplicates = [\"text\"]", ["1|one|x", "4|one two three|x"]),
    ("drop-duplicates = [\"text\", \"label\"]", ["1|one|x", "3|one|y", "4|one two three|x"]),
  ])
  func `a filter leaves rows out`(_ options: String, _ rows: [String]) throws {
    let pipeline = try TemporaryPipeline(files: [
      "a.txt": "one\n \none\none two three\none\n", "b.txt": "x\nx\ny\nx\nx\n",
    ])
    let result = try pipeline.run(Self.load + options)
    #expect(try result.table("clean") == ["line|text|label"] + rows)
  }

  @Test func `what was left out is counted by reason with its first rows`() throws {
    let pipeline = try TemporaryPipeline(files: [
      "a.txt": "\none\n\n\n\none\ntwo words too many\n", "b.txt": "a\nb\nc\nd\ne\nf\ng\n",
    ])
    let result = try pipeline.run(
      Self.load + "drop-duplicates = [\"text\"]\nmaximum-words = 3")
    #expect(
      try result.fact("clean", "dropped") == ["empty": 4, "too long": 1, "duplicate": 1])
    let examples = try #require(try result.fact("clean", "dropped-examples"))
    #expect(examples["empty"] == ["line 1: \ta", "line 3: \tc", "line 4: \td"])
    #expect(examples["duplicate"] == ["line 6: one\tf"])
    #expect(try result.fact("clean", "summary") == "1 row, 6 left out")
  }

  @Test func `pairs of too different length are left out as Moses does`() throws {
    let pipeline = try TemporaryPipeline(files: [
      "s.txt": "a b c\na\na|b\n1 2 3 4 5\n", "t.txt": "x\nx\ny\n1 2 3 4 5\n",
    ])
    let result = try pipeline.run(
      """
      [stage.load]
      files = { source = "s.txt", target = "t.txt" }
      [stage.clean]
      from = "load"
      pair-ratio = 2
      pair-maximum = 4
      """)
    #expect(try result.table("clean") == ["line|source|target", "2|a|x", "3|ab|y"])
    #expect(try result.fact("clean", "dropped") == ["too long": 1, "length ratio": 1])
  }

  @Test func `the words of a stop-words file are part of the key, its path is not`() throws {
    let pipeline = try TemporaryPipeline(files: [
      "a.txt": "the cat\n", "b.txt": "x\n", "one.txt": "the\n", "two.txt": "the\n",
      "three.txt": "cat\n",
    ])
    func key(_ file: String) throws -> String {
      try pipeline.run(Self.load + "stop-words-file = \"\(file)\"").keyText("clean")
    }
    #expect(try key("one.txt") == key("two.txt"))
    #expect(try key("one.txt") != key("three.txt"))
  }

  @Test func `each part is filtered by itself`() throws {
    let pipeline = try TemporaryPipeline(files: ["a.txt": "x\nx\nx\nx\n", "b.txt": "1\n2\n3\n4\n"])
    let result = try pipeline.run(
      """
      [stage.load]
      files = { text = "a.txt", label = "b.txt" }
      [stage.split]
      from = "load"
      shuffle = false
      parts = { train = 0.5, test = "rest" }
      [stage.clean]
      from = "split"
      drop-duplicates = ["text"]
      """)
    #expect(try result.table("clean.train") == ["line|text|label", "1|x|1"])
    #expect(try result.table("clean.test") == ["line|text|label", "3|x|3"])
    #expect(try result.fact("clean", "dropped") == ["duplicate": 2])
  }
}
