import Fixtures
import Formats
import Testing

/// What commands print with `--json`, beside the schemas that `schema --json` prints.
@Suite(.timeLimit(.minutes(120)))
struct ContractTests {
  private static let files: [String: String] = {
    var files = BlankFairseqModel.files(in: "model")
    files["small.toml"] = SmallPipeline.definition
    files["rows.csv"] = (try? SmallPipeline.rows(120)) ?? ""
    files["blank.toml"] = "[stage.model]\nkind = \"import-convs2s\"\npath = \"model\"\n"
    files["wrong.toml"] = "[stage.load]\npath = 3\n[stage.clean]\nfrom = \"lod\"\n"
    files["text"] = "a piano\nein hund\n"
    return files
  }()

  /// Command lines in an order in which each finds what it needs.
  private static let lines = [
    "run small.toml blank.toml --json", "run small.toml --set train.epochs=1 --json",
    "run wrong-data.toml --json", "status small.toml --json",
    "explain small.toml --set clean.lowercase=false --json", "check small.toml --json",
    "check wrong.toml --json", "graph small.toml --json", "stages --json", "stages load --json",
    "show small.toml --json", "show small.toml split --json", "show small.toml train --json",
    "show small.toml evaluate --json", "show small.toml split.test --row 1 --json",
    "show last --json", "trace small.toml split.train --row 1 --json",
    "trace small.toml evaluate.predictions --row 2 --json",
    "diff small.toml --set train.epochs=1 --json", "report small.toml -o page.html --json",
    "sweep small.toml train.hidden=3,4 --json", "table small.toml --json",
    "runs --json", "classify small.toml --input text --json",
    "translate blank.toml --input text --json",
    "translate blank.toml --input text --attention --nbest 2 --json",
    "export small.toml --to python --json", "export blank.toml --to fairseq --json",
    "score text text -m bleu chrf ter --confidence --samples 9 --json",
    "push other small.toml --json", "pull other small.toml --json",
    "pin small.toml train --name kept --json", "pin --json", "unpin kept --json",
    "gc --older-than 0 --json", "gc --older-than 0 --yes --json", "verify --json",
    "verify small.toml --rebuild clean --json", "verify --deep --json",
  ]

  private func schema(_ command: String, _ millrace: Millrace) throws -> JSONValue {
    let printed = try millrace("schema", "--json", command)
    try #require(printed.exitCode == 0, "\(printed.errors)")
    return try JSONValue(parsing: printed.output, file: command)
  }

  @Test func `everything that is printed is as its schema says`() throws {
    let millrace = try Millrace(files: Self.files)
    try millrace.folder.write(
      "wrong-data.toml", SmallPipeline.definition.replacing("\"category\"", with: "\"absent\""))
    for line in Self.lines {
      let command = String(line.prefix { $0 != " " })
      let schema = try schema(command, millrace)
      let isOfLines = schema["title"]?.stringValue?.hasPrefix("each line") == true
      let printed = try millrace.shell("millrace \(line)").output
      let parts = isOfLines ? printed.split(separator: "\n").map(String.init) : [printed]
      #expect(!printed.isEmpty, "\(line)")
      for part in parts {
        let value = try JSONValue(parsing: part, file: line)
        #expect(SchemaCheck(value, schema).problems == [], "\(line)")
      }
    }
    let tried = Set(Self.lines.map { String($0.prefix { $0 != " " }) })
    let overview = try millrace("--help").output
    for match in overview.matches(of: /\n {2}([a-z]+) {2,}/) {
      let command = String(match.1)
      let hasJSON = try millrace(command, "--help").output.contains(/\n  --json  +print/)
      #expect(hasJSON == tried.contains(command), "\(command)")
    }
  }

  @Test func `a schema has its version, and one that is not there is refused`() throws {
    let millrace = try Millrace()
    #expect(try schema("status", millrace)["$id"] == "millrace:status:1")
    let refused = try millrace("schema", "--json", "stat")
    #expect(refused.exitCode == 2 && refused.errors.contains("no command 'stat' prints JSON"))
  }

  @Test(arguments: [
    (#"{"a": 1}"#, #"{"type": "object", "required": ["b"]}"#),
    (#"{"a": 1}"#, #"{"properties": {"a": {"type": "string"}}}"#),
    (#"[1, true]"#, #"{"items": {"type": "integer"}}"#),
    (#"{"a": 1.5}"#, #"{"additionalProperties": {"type": "integer"}}"#),
    (#""c""#, #"{"enum": ["a", "b"]}"#),
    ("null", #"{"anyOf": [{"type": "string"}, {"type": "number"}]}"#),
  ])
  func `the check that is used here finds what is wrong`(value: String, schema: String) throws {
    let check = SchemaCheck(
      try JSONValue(parsing: value, file: "value"), try JSONValue(parsing: schema, file: "schema"))
    #expect(check.problems.count == 1)
  }
}
