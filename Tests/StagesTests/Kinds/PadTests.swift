import Formats
import PipelineFixtures
import Testing

struct PadTests {
  private static let text = "a\na b\na b c d\na b c d e f\n"

  @Test(arguments: [
    ("length = 3", ["a <pad> <pad>", "a b <pad>", "a b c", "a b c"]),
    ("length = 3\nside = \"left\"", ["<pad> <pad> a", "<pad> a b", "a b c", "a b c"]),
    ("length = 3\ntruncate = \"left\"", ["a <pad> <pad>", "a b <pad>", "b c d", "d e f"]),
    (
      "",
      [
        "a <pad> <pad> <pad> <pad> <pad>", "a b <pad> <pad> <pad> <pad>", "a b c d <pad> <pad>",
        "a b c d e f",
      ]
    ),
    ("percentile = 50", ["a <pad>", "a b", "a b", "a b"]),
    ("percentile = 51", ["a <pad> <pad> <pad>", "a b <pad> <pad>", "a b c d", "a b c d"]),
  ])
  func `rows have one length`(_ options: String, _ rows: [String]) throws {
    let result = try run("[stage.pad]\nfrom = \"load\"\n" + options)
    #expect(try result.table("pad.table").dropFirst().map { String($0.dropFirst(2)) } == rows)
    let length = rows[0].split(separator: " ").count
    #expect(try result.json("pad.length") == ["length": .integer(length)])
  }

  @Test func `an empty row is nothing but padding`() throws {
    let pipeline = try TemporaryPipeline(files: ["a.txt": "\nx\n"])
    for side in ["left", "right"] {
      let result = try pipeline.run(
        """
        [stage.load]
        files = { text = "a.txt" }
        [stage.pad]
        from = "load"
        length = 2
        side = "\(side)"
        """)
      #expect(try result.table("pad.table")[1] == "1|<pad> <pad>")
    }
  }

  @Test func `the share of truncated rows is recorded`() throws {
    let result = try run("[stage.pad]\nfrom = \"load\"\nlength = 3")
    #expect(try result.fact("pad", "truncated") == 2)
    #expect(try result.fact("pad", "truncated-share") == 0.5)
    #expect(try result.fact("pad", "summary") == "length 3, 50.0 % truncated")
  }

  @Test func `the length is measured on the training part`() throws {
    let result = try run(
      """
      [stage.split]
      from = "load"
      shuffle = false
      parts = { valid = 1, train = 2, test = "rest" }
      [stage.pad]
      from = "split"
      """)
    #expect(try result.fact("pad", "length") == 4)
    #expect(try result.table("pad.test") == ["line|text", "4|a b c d"])
  }

  private func run(_ more: String) throws -> PipelineResult {
    let result = try TemporaryPipeline(files: ["a.txt": Self.text]).run(
      "[stage.load]\nfiles = { text = \"a.txt\" }\n" + more)
    if let failure = result.failure { throw failure }
    return result
  }
}
