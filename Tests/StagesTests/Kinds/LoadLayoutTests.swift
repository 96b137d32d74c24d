import Diagnostics
import Fixtures
import Formats
import PipelineFixtures
import Pipelines
import Testing

/// The layouts besides CSV and TSV that people have their rows in.
struct LoadLayoutTests {
  private static let json = """
    {"id": 1, "user": {"text": "a b"}, "tags": ["x", "y"]}
    {"id": 2, "user": {"text": ["c", "d"]}, "tags": ["z"]}
    """

  static let cases = [
    LoadTests.Case(
      testDescription: "JSON Lines, known by the name, with members of members",
      files: ["a.jsonl": json],
      options: "path = \"a.jsonl\"\ntext = \"user.text\"\nlabel = \"tags.1\"\nkeep = \"id\"",
      table: "line|text|label|id\n1|a b|x|1\n2|c d|z|2"),
    LoadTests.Case(
      testDescription: "a list of objects",
      files: ["a.json": "[{\"t\": \"a\", \"l\": true},\n {\"l\": null, \"t\": \"b\"}]"],
      options: "path = \"a.json\"\ntext = \"t\"\nlabel = \"l\"",
      table: "line|text|label\n1|a|true\n2|b|"),
    LoadTests.Case(
      testDescription: "rows within a member of the file, as lists",
      files: ["a.txt": "{\"train\": [[\"a\", \"x\"], [\"b\", \"y\"]]}"],
      options: "path = \"a.txt\"\nformat = \"json\"\nrows = \"train\"\ntext = 1\nlabel = 2",
      table: "line|text|label\n1|a|x\n1|b|y"),
    LoadTests.Case(
      testDescription: "fastText's lines",
      files: ["a.txt": "__label__x a b\n__label__y c\n"],
      options: "path = \"a.txt\"\nformat = \"fasttext\"",
      table: "line|text|label\n1|a b|x\n2|c|y"),
    LoadTests.Case(
      testDescription: "a file of lines for each class",
      files: ["rt.pos": "good\nfine\n", "rt.neg": "bad\n"],
      options: "classes = { pos = \"rt.pos\", neg = \"rt.neg\" }",
      table: "line|text|label\n1|good|pos\n2|fine|pos\n2:1|bad|neg"),
    LoadTests.Case(
      testDescription: "a folder of files for each class",
      files: ["d/pos/b.txt": "fine\n", "d/pos/a.txt": "good\nday\n", "d/neg/a.txt": "bad"],
      options: "[stage.load.classes]\npos = \"d/pos\"\nneg = \"d/neg\"",
      table: "line|text|label\n1|good\\nday|pos\n2|fine|pos\n2:1|bad|neg"),
    LoadTests.Case(
      testDescription: "line-aligned files of texts and labels, whose numbers have names",
      files: ["t.txt": "a\nb\n", "l.txt": "1\n0\n", "names.txt": "no\nyes\n"],
      options: "files = { text = \"t.txt\", label = \"l.txt\" }\nclass-names = \"names.txt\"",
      table: "line|text|label\n1|a|yes\n2|b|no"),
    LoadTests.Case(
      testDescription: "labels that a pattern cuts",
      files: ["a.csv": "t,l\nhow,DESC:manner\nwho,HUM:ind\n"],
      options: "path = \"a.csv\"\ntext = \"t\"\nlabel = \"l\"\nlabel-pattern = '^(\\w+):'",
      table: "line|text|label\n2|how|DESC\n3|who|HUM"),
    LoadTests.Case(
      testDescription: "several columns in a template",
      files: ["a.csv": "title,body,l\nA,b,1\nC,,2\n"],
      options: "path = \"a.csv\"\ntemplate = \"{{{title}}}: {body} ({title})\"\nlabel = \"l\"",
      table: "line|text|label\n2|{A}: b (A)|1\n3|{C}:  (C)|2"),
    LoadTests.Case(
      testDescription: "the line of Excel that says the delimiter",
      files: ["a.csv": "sep=;\r\nt;l\r\n\"a;b\";1\r\n"],
      options: "path = \"a.csv\"\ntext = \"t\"\nlabel = \"l\"",
      table: "line|text|label\n3|a;b|1"),
  ]

  @Test(arguments: cases)
  func `load reads`(_ example: LoadTests.Case) throws {
    let pipeline = try TemporaryPipeline(files: example.files)
    let result = try pipeline.run("[stage.load]\n\(example.options)")
    #expect(try result.table("load") == lines(example.table))
  }

  @Test func `files of parts are outputs of their names`() throws {
    let pipeline = try TemporaryPipeline(files: [
      "train.tsv": "a\tx\nb\ty\n", "test.tsv": "c\tx\n",
    ])
    let result = try pipeline.run(
      """
      [stage.load]
      parts = { train = "train.tsv", test = "test.tsv" }
      header = false
      text = 1
      label = 2
      [stage.clean]
      from = "load"
      [stage.words]
      kind = "learn-vocabulary"
      from = "clean.train"
      """)
    #expect(try result.table("load.train") == ["line|text|label", "1|a|x", "2|b|y"])
    #expect(try result.table("clean.test") == ["line|text|label", "2:1|c|x"])
    #expect(try result.fact("load", "rows") == ["train": 2, "test": 1])
    #expect(try result.fact("load", "summary") == "train 2, test 1 rows")
  }

  @Test func `parts of two files are not of the same file`() throws {
    func problems(_ test: String) throws -> [String] {
      let definition = """
        [stage.load]
        parts = { train = "a.csv", test = "\(test)" }
        text = 1
        label = 2
        [stage.split]
        from = "load.train"
        parts = { train = 0.9, valid = 0.1, test = "load.test" }
        """
      return try TemporaryPipeline().plan(definition).warnings.map(\.message.problem)
    }
    #expect(try problems("b.csv").filter { $0.contains("comes from") }.isEmpty)
    #expect(try problems("a.csv").contains { $0.contains("comes from") })
  }

  @Test func `a file more, less or another in a folder is another key; where it lies is not`()
    throws
  {
    let pipeline = try TemporaryPipeline(files: [
      "d/pos/a": "one", "d/neg/a": "two", "e/pos/a": "one", "e/neg/a": "two",
    ])
    func key(_ folder: String) throws -> String {
      try pipeline.run("[stage.load.classes]\npos = \"\(folder)/pos\"\nneg = \"\(folder)/neg\"")
        .keyText("load")
    }
    let first = try key("d")
    #expect(try key("e") == first)
    try pipeline.folder.write("d/pos/b", "three")
    let second = try key("d")
    #expect(second != first)
    try pipeline.folder.write("d/pos/b", "other")
    #expect(try key("d") != second)
  }

  @Test(arguments: [
    ("path = \"a.csv\"\nclasses = { a = \"b\" }\ntext = 1", "load needs one of"),
    ("text = 1", "load needs path, files, parts or classes"),
    ("classes = { a = \"b\" }\ntext = 1", "these files have no columns to choose from"),
    ("path = \"a.txt\"\nformat = \"fasttext\"\nkeep = 1", "these files have no columns"),
    (
      "path = \"a.jsonl\"\ntext = \"t\"\ndelimiter = \";\"",
      "delimiter means nothing to a JSON file"
    ),
    ("path = \"a.csv\"\ntext = \"t\"\nrows = \"data\"", "rows means nothing to a file of columns"),
    ("path = \"a.csv\"\ntext = \"t\"\nlabel-prefix = \"L\"", "label-prefix means nothing to"),
    ("path = \"a.csv\"\ntemplate = \"{t\"", "a brace of the template stands alone"),
    ("path = \"a.csv\"\ntemplate = \"t\"", "the template names no column"),
    ("path = \"a.csv\"\ntext = \"t\"\ntemplate = \"{t}\"", "text and template both say"),
    ("path = \"a.csv\"\ntext = 1\nlabel-pattern = \"x\"", "label-pattern means nothing to rows"),
    ("path = \"a.csv\"\ntext = 1\nlabel = 2\nlabel-pattern = \"(\"", "is not a regular expression"),
  ])
  func `options that do not go together are refused`(options: String, problem: String) throws {
    let pipeline = try TemporaryPipeline()
    let problems = pipeline.problems("[stage.load]\n\(options)").map(\.message.problem)
    #expect(problems.contains { $0.contains(problem) }, "\(problems)")
  }

  @Test func `rows of JSON that are no good are left out and counted`() throws {
    let pipeline = try TemporaryPipeline(files: [
      "a.jsonl": "{\"t\": 1}\n{\"u\": 2}\n{\"t\"\n{\"t\": 3}\n"
    ])
    let result = try pipeline.run(
      "[stage.load]\npath = \"a.jsonl\"\ntext = \"t\"\non-error = \"skip\"")
    #expect(try result.table("load") == ["line|text", "1|1", "4|3"])
    #expect(try result.fact("load", "summary") == "2 rows, 2 skipped")
  }
}
