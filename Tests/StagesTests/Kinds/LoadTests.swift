import Diagnostics
import Fixtures
import Formats
import Foundation
import PipelineFixtures
import Testing

struct LoadTests {
  /// Files, options, and the table they give, its fields joined by `|`.
  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let files: [String: String]
    let options: String
    let table: String
  }

  static let cases = [
    Case(
      testDescription: "columns by header name, in the order of their roles",
      files: ["a.csv": "category,id,words\nspam,7,\"buy, now\"\nham,8,hello\n"],
      options: "path = \"a.csv\"\nlabel = \"category\"\ntext = \"words\"\nkeep = \"id\"",
      table: "line|text|label|id\n2|buy, now|spam|7\n3|hello|ham|8"),
    Case(
      testDescription: "columns by number without a header",
      files: ["a.csv": "spam,buy\nham,hello\n"],
      options: "path = \"a.csv\"\nheader = false\nlabel = 1\ntext = 2",
      table: "line|text|label\n1|buy|spam\n2|hello|ham"),
    Case(
      testDescription: "several text columns joined by a space",
      files: ["a.csv": "c,title,body\n1,A,b\n2,,d\n"],
      options: "path = \"a.csv\"\ntext = [\"title\", \"body\"]\nlabel = \"c\"",
      table: "line|text|label\n2|A b|1\n3| d|2"),
    Case(
      testDescription: "a tsv with literal quotes, known by its name",
      files: ["a.tsv": "source\ttarget\n\"ein\tone \"two\"\n"],
      options: "path = \"a.tsv\"\nsource = \"source\"\ntarget = \"target\"",
      table: "line|source|target\n2|\"ein|one \"two\""),
    Case(
      testDescription: "line breaks and tabs in fields are escaped, rows know their first line",
      files: ["a.csv": "t\n\"a\nb\tc\\\"\nd\n"],
      options: "path = \"a.csv\"\ntext = \"t\"",
      table: "line|text\n2|a\\nb\\tc\\\\\n4|d"),
    Case(
      testDescription: "several files in turn, each with its own order of columns",
      files: ["a.csv": "t,l\nx,1\n", "b.csv": "l,t\n2,y\n"],
      options: "path = [\"a.csv\", \"b.csv\"]\ntext = \"t\"\nlabel = \"l\"",
      table: "line|text|label\n2|x|1\n2:2|y|2"),
    Case(
      testDescription: "line-aligned files as columns",
      files: ["s.txt": "eins\nzwei\u{2028}drei\n", "t.txt": "one\r\ntwo three\n"],
      options: "files = { source = \"s.txt\", target = \"t.txt\" }",
      table: "line|source|target\n1|eins|one\n2|zwei\u{2028}drei|two three"),
    Case(
      testDescription: "columns of any name",
      files: ["s.txt": "eins\n", "t.txt": "one\n"],
      options: #"files = { "my source" = "s.txt", "a  b " = ["t.txt"] }"#,
      table: "line|my source|a  b \n1|eins|one"),
    Case(
      testDescription: "class names for numbers from 0",
      files: ["a.csv": "0,x\n1,y\n", "names.txt": "no\nyes\n"],
      options: """
        path = "a.csv"\nheader = false\nlabel = 1\ntext = 2\nclass-names = "names.txt"
        """,
      table: "line|text|label\n1|x|no\n2|y|yes"),
    Case(
      testDescription: "class names with a byte-order mark, CR LF and blank lines at the end",
      files: ["a.csv": "0,x\n1,y\n", "names.txt": "\u{FEFF}no\r\nyes \r\n\r\n"],
      options: """
        path = "a.csv"\nheader = false\nlabel = 1\ntext = 2\nclass-names = "names.txt"
        """,
      table: "line|text|label\n1|x|no\n2|y|yes"),
    Case(
      testDescription: "class names for numbers from 1",
      files: ["a.csv": "1,x\n2,y\n", "names.txt": "no\r\nyes\r\n\r\n"],
      options: """
        path = "a.csv"\nheader = false\nlabel = 1\ntext = 2
        class-names = "names.txt"\nfirst-class = 1
        """,
      table: "line|text|label\n1|x|no\n2|y|yes"),
    Case(
      testDescription: "a delimiter, an escape, comments, blanks and null words",
      files: ["a.txt": "skip me\n#c\nt;n\n a\\;b ;1\nNULL;2\n"],
      options: """
        path = "a.txt"\ntext = "t"\nkeep = "n"\ndelimiter = ";"\nescape = "\\\\"\ncomment = "#"
        skip-lines = 1\ntrim = true\nnull-words = ["NULL"]
        """,
      table: "line|text|n\n4|a;b|1\n5||2"),
    Case(
      testDescription: "the format wins over the file's name",
      files: ["a.csv": "t\tn\nx,\"y\t1\n"],
      options: "path = \"a.csv\"\nformat = \"tsv\"\ntext = \"t\"",
      table: "line|text\n2|x,\"y"),
    Case(
      testDescription: "quotes are text without quoting",
      files: ["a.csv": "t,n\n\"x,1\n"],
      options: "path = \"a.csv\"\nquoting = false\ntext = \"t\"",
      table: "line|text\n2|\"x"),
  ]

  @Test(arguments: cases)
  func `load reads`(_ example: Case) throws {
    let result = try load(example.options, example.files)
    #expect(try result.table("load") == lines(example.table))
  }

  @Test func `a gzipped file is the same table and the same bytes of it`() throws {
    // `printf 't,l\nhello,1\n' | gzip -n9`
    let zipped: [UInt8] = [
      0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 2, 3, 0x2B, 0xD1, 0xC9, 0xE1, 0xCA, 0x48, 0xCD, 0xC9, 0xC9,
      0xD7, 0x31, 0xE4, 2, 0, 0xC8, 0x34, 4, 3, 0x0C, 0, 0, 0,
    ]
    let plain = Array("t,l\nhello,1\n".utf8)
    let pipeline = try TemporaryPipeline()
    try pipeline.folder.write("a.csv.gz", bytes: zipped)
    try pipeline.folder.write("a.csv", bytes: plain)
    let options = "[stage.load]\ntext = \"t\"\nlabel = \"l\"\npath = "
    let unpacked = try pipeline.run(options + "\"a.csv.gz\"")
    #expect(unpacked.failure == nil)
    #expect(try unpacked.digest("load") == pipeline.run(options + "\"a.csv\"").digest("load"))
  }

  @Test(arguments: [
    ("latin-1", [0x63, 0x61, 0x66, 0xE9] as [UInt8], "café"),
    ("windows-1252", [0x93, 0x61, 0x94], "“a”"),
    ("utf-8", [0x61, 0xC3, 0xA9], "aé"),
    ("utf-16le", [0xE9, 0, 0x61, 0], "éa"),
  ])
  func `an encoding is decoded`(_ name: String, _ bytes: [UInt8], _ text: String) throws {
    let pipeline = try TemporaryPipeline()
    let isWide = name == "utf-16le"
    try pipeline.folder.write("a.csv", bytes: bytes + (isWide ? [0x0A, 0] : [0x0A]))
    let result = try pipeline.run(
      "[stage.load]\npath = \"a.csv\"\nheader = false\ntext = 1\nencoding = \"\(name)\"")
    #expect(try result.table("load") == ["line|text", "1|\(text)"])
  }

  @Test func `skipped rows are counted and the first are kept as examples`() throws {
    let file = "t,l\na,1\nb\nc,2\nd,3,4\ne\nf,1,2,3\n"
    let result = try load(
      "path = \"a.csv\"\ntext = \"t\"\nlabel = \"l\"\non-error = \"skip\"", ["a.csv": file])
    #expect(try result.table("load") == ["line|text|label", "2|a|1", "4|c|2"])
    #expect(try result.fact("load", "rows") == 2)
    #expect(try result.fact("load", "skipped") == 4)
    let examples = try #require(try result.fact("load", "skipped-examples")?.arrayValue)
    #expect(examples.count == 3)
    #expect(examples[0].stringValue?.contains("a.csv:3: error: expected 2 fields") == true)
    #expect(try result.fact("load", "summary") == "2 rows, 4 skipped")
  }

  @Test(arguments: [
    ("path = \"a.csv\"\ntext = \"t\"", 1, "record is longer than 1 MB"),
    ("path = \"a.json\"\ntext = \"t\"", 1, "the texts of a row are longer than 1 MB"),
    ("path = \"a.csv\"\nformat = \"fasttext\"", 2, "line is longer than 1 MB"),
    ("files = { text = \"a.csv\" }", 2, "line is longer than 1 MB"),
    ("classes = { a = \"a.csv\" }", 2, "line is longer than 1 MB"),
  ])
  func `a row longer than row-limit is refused, and the remedy names the option`(
    _ options: String, _ rowCount: Int, _ problem: String
  ) throws {
    let long = String(repeating: "x", count: 2_500_000)
    let files = ["a.csv": "t\n\(long)\n", "a.json": "{\"t\":\"\(long)\"}\n"]
    let whole = try load(options, files)
    #expect(try whole.fact("load", "rows") == .integer(rowCount))
    let error = #expect(throws: Diagnostic.self) { try load("\(options)\nrow-limit = 1", files) }
    #expect(error?.message.problem == problem)
    #expect(error?.message.remedy?.contains("set row-limit") == true)
    #expect(try load("\(options)\nrow-limit = 3", files).keyText("load") == whole.keyText("load"))
  }

  @Test func `replaced bytes are counted`() throws {
    let pipeline = try TemporaryPipeline()
    try pipeline.folder.write("a.csv", bytes: Array("t\na".utf8) + [0xFF, 0x0A])
    let result = try pipeline.run(
      "[stage.load]\npath = \"a.csv\"\ntext = \"t\"\ninvalid = \"replace\"")
    #expect(try result.table("load") == ["line|text", "2|a\u{FFFD}"])
    #expect(try result.fact("load", "replaced-bytes") == 1)
  }

  @Test func `a header without rows is an empty table and a warning`() throws {
    let result = try load("path = \"a.csv\"\ntext = \"t\"", ["a.csv": "t,l\n"])
    #expect(try result.table("load") == ["line|text"])
    #expect(try result.fact("load", "rows") == 0)
    #expect(result.notices.map(\.message.problem) == ["load found no rows: the table is empty"])
  }

  @Test func `a file that moves keeps its key, one read as another format does not`() throws {
    let pipeline = try TemporaryPipeline(files: ["a.csv": "t\nx\n", "b/c.csv": "t\nx\n"])
    try pipeline.folder.write("a.tsv", "t\nx\n")
    func key(_ path: String) throws -> String {
      try pipeline.run("[stage.load]\npath = \"\(path)\"\ntext = \"t\"").keyText("load")
    }
    #expect(try key("a.csv") == key("b/c.csv"))
    #expect(try key("a.csv") != key("a.tsv"))
  }

  private func load(_ options: String, _ files: [String: String]) throws -> PipelineResult {
    let pipeline = try TemporaryPipeline(files: files)
    let result = try pipeline.run("[stage.load]\n\(options)")
    if let failure = result.failure { throw failure }
    return result
  }
}
