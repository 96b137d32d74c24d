import Diagnostics
import HostileInputs
import Testing
import Text

@Suite struct `Reading rows of JSON` {
  private static let columns = [
    ColumnChoice("text", .header("text"), joinsLists: true),
    ColumnChoice("label", .header("label")),
  ]

  @Test(arguments: [
    "{\"text\": \"a b\", \"label\": \"x\"}\n{\"label\": \"y\", \"text\": \"c\"}\n",
    "{\"text\":\"a b\",\"label\":\"x\"}{\"label\":\"y\",\"text\":\"c\"}",
    "[{\"text\": \"a b\", \"label\": \"x\"},\r\n {\"label\": \"y\", \"text\": \"c\"}]\n",
    "\n[\n  {\n    \"text\": \"a b\",\n    \"label\": \"x\"\n  },\n{\"text\":\"c\",\"label\":\"y\"}\n]",
    "{\"id\":[1,{\"text\":0}],\"text\":\"a b\",\"label\":\"x\",\"z\":{}} {\"text\":\"c\",\"label\":\"y\",\"q\":[]}",
  ])
  func `a list of objects and objects one after the other are rows`(json: String) throws {
    for step in [1, 7, Int.max] {
      let rows = try Rows(json: json, step: step, columns: Self.columns)
      #expect(rows.columns == ["text", "label"])
      #expect(rows.fields == [["a b", "x"], ["c", "y"]])
    }
  }

  @Test func `a row knows the line that it starts on`() throws {
    let json = "[\n{\"text\":\n\"a\",\"label\":1},\n\n{\"text\":\"b\",\"label\":2}]"
    #expect(try Rows(json: json, columns: Self.columns).origins == ["2", "5"])
  }

  @Test(arguments: [
    (#""a\"\\\/\b\f\n\r\tb""#, "a\"\\/\u{8}\u{C}\n\r\tb"), (#""\u00e9\u20AC""#, "é€"),
    (#""\ud83d\ude00!""#, "😀!"), (#""日本 é""#, "日本 é"), ("12.50", "12.50"), ("-0e+7", "-0e+7"),
    ("true", "true"), ("false", "false"), ("null", ""), (#"["a", "b", 3]"#, "a b 3"), ("[]", ""),
    (#""""#, ""),
  ])
  func `a text is what its JSON stands for`(value: String, text: String) throws {
    let json = "{\"text\": \(value), \"label\": 1}"
    for step in 1...3 {
      #expect(try Rows(json: json, step: step, columns: Self.columns).fields == [[text, "1"]])
    }
  }

  @Test func `members of members are named with dots, elements of lists with numbers`() throws {
    let columns = [
      ColumnChoice("text", .header("user.text")), ColumnChoice("label", .header("tags.2")),
      ColumnChoice("id", .header("a.b")),
    ]
    let json =
      #"{"user": {"text": "t", "id": 3}, "tags": ["x", "y", "z"], "a.b": {"c": 0}, "a": {"b": 1}}"#
    #expect(throws: Diagnostic.self) { try Rows(json: json, columns: columns) }
    let fitting = json.replacing("{\"c\": 0}", with: "7").replacing(#", "a": {"b": 1}"#, with: "")
    #expect(try Rows(json: fitting, columns: columns).fields == [["t", "y", "7"]])
  }

  @Test func `rows that are lists have columns by number`() throws {
    let columns = [ColumnChoice("text", .number(2)), ColumnChoice("label", .number(1))]
    for json in [#"[["x", "a b"], ["y", "c"]]"#, "[\"x\", \"a b\"]\n[\"y\", \"c\", 1]\n"] {
      #expect(try Rows(json: json, columns: columns).fields == [["a b", "x"], ["c", "y"]])
    }
  }

  @Test func `rows may stand in a member of the file`() throws {
    let json =
      #"{"version": 1, "data": {"test": [], "train": [{"text": "a", "label": "x"}]}, "more": 1}"#
    let rows = try Rows(json: json, columns: Self.columns, rows: "data.train")
    #expect(rows.fields == [["a", "x"]])
    #expect(try Rows(json: json, columns: Self.columns, rows: "data.test").fields.isEmpty)
    let error = #expect(throws: Diagnostic.self) {
      try Rows(json: json, columns: Self.columns, rows: "data.trian")
    }
    #expect(error?.message.problem.contains("did you mean 'train'?") == true)
  }

  @Test(arguments: [
    ("{\"text\": 1 \"label\": 2}", "expected ',' or '}'", 1, 12),
    ("[{\"text\": 1, \"label\": 2}\n {}]", "expected ',' or ']'", 2, 2),
    ("{\"text\": \"a\", \"label\": \"b", "the string that opens here is never closed", 1, 24),
    ("{\"text\": \"a\nb\"}", "a line end or control character inside a string", 1, 12),
    ("{\"text\": \"\\q\"}", "a backslash in a string is followed by none of", 1, 12),
    ("{\"text\": \"\\u12g4\"}", "\\u wants four hexadecimal digits", 1, 15),
    ("{\"text\": \"\\ud800 b\"}", "this string holds half of a surrogate pair", 1, 10),
    ("{\"text\": \"é\\udc00\"}", "this string holds half of a surrogate pair", 1, 10),
    ("{\"text\": \"\\u0000\"}", "this string holds half of a surrogate pair", 1, 10),
    ("{\"text\": tru, }", "expected a JSON value", 1, 10),
    ("{\"text\": 1., }", "expected a digit of a number", 1, 12),
    ("{text: 1}", "expected a name in double quotes", 1, 2),
    ("{\"text\" 1}", "expected ':' after the name", 1, 9),
    ("{\"text\": {\"a\": 1}, \"label\": 2}", "'text' is an object, not a text", 1, 10),
    ("{\"text\": 1, \"label\": [2, 3]}", "'label' is a list, not one text", 1, 22),
    ("{\"text\": 1, \"text\": 2, \"label\": 3}", "'text' stands twice in this row", 1, 21),
    ("\"text\"", "expected an object", 1, 1),
    ("[]\nx", "text after the end of the list of rows", 2, 1),
    ("[{\"text\": 1, \"label\": 2}", "expected ',' or ']'", 1, 25),
  ])
  func `what is wrong is said at its place`(json: String, problem: String, line: Int, column: Int) {
    for step in [1, 5, Int.max] {
      let error = #expect(throws: Diagnostic.self) {
        try Rows(json: json, step: step, columns: Self.columns)
      }
      #expect(error?.message.problem.hasPrefix(problem) == true, "\(error?.description ?? "")")
      #expect(error?.place?.line == line && error?.place?.column == column)
    }
  }

  @Test func `a member that no row has is refused with the nearest name`() {
    let error = #expect(throws: Diagnostic.self) {
      try Rows(json: #"{"txet": "a", "label": 1}"#, columns: Self.columns)
    }
    #expect(error?.message.problem == "the first row has no 'text'; did you mean 'txet'?")
    #expect(error?.message.remedy == "it has txet, label")
  }

  @Test func `nesting is bounded`() {
    let json = String(repeating: "[", count: 100_000)
    #expect(throws: Diagnostic.self) { try Rows(json: json, columns: Self.columns) }
    #expect(throws: Diagnostic.self) {
      try Rows(json: "{\"a\": " + json, columns: Self.columns)
    }
  }

  @Test func `a row that outgrows the limit is refused before it is all in memory`() {
    let json = "{\"text\": \"" + String(repeating: "a", count: 5000)
    var reader = JSONReader(
      Decoder(ByteChunks(json, step: 100), file: "in.json"), file: "in.json",
      columns: Self.columns, maximumBytes: 1000, chunkBytes: 100)
    let error = #expect(throws: Diagnostic.self) { try reader.next() }
    #expect(error?.message.problem == "the texts of a row are longer than 0 MB")
  }

  @Test func `malformed rows of JSON Lines are left out and counted where that is asked for`()
    throws
  {
    let json = """
      {"text": "a", "label": 1}
      {"text": "b", "label"
      {"text": "c", "label": 3}
      {"text": "d"}
      oops
      {"text": {"x": 1}, "label": 5}
      {"text": "e", "label": 6}
      """
    for step in [1, 9, Int.max] {
      let rows = try Rows(json: json, step: step, columns: Self.columns, malformedRows: .skip)
      #expect(rows.fields == [["a", "1"], ["c", "3"], ["e", "6"]])
      #expect(rows.origins == ["1", "3", "7"] && rows.skipped == 4)
    }
    #expect(throws: Diagnostic.self) { try Rows(json: json, columns: Self.columns) }
  }

  @Test func `half a surrogate pair may be replaced, and counts`() throws {
    var reader = JSONReader(
      Decoder(ByteChunks(#"{"text": "a\ud800\ud83d\ude00\udc00b\u0000", "label": 1}"#), file: "j"),
      file: "j", columns: Self.columns, invalid: .replace)
    let batch = try #require(try reader.next())
    #expect(batch.text(0, 0) == "a\u{FFFD}😀\u{FFFD}b\u{FFFD}" && reader.replacements == 3)
  }

  @Test func `without a choice, every text that rows have is a column`() throws {
    let json =
      #"{"id": 1, "user": {"name": "u"}} {"id": 2, "tags": ["a", "b"], "rows": [{"x": 1}]}"#
    var reader = JSONReader(
      Decoder(ByteChunks(json), file: "j"), file: "j", columns: nil, malformedRows: .skip)
    #expect(try reader.nextRow() == ["1", "u"])
    #expect(try reader.nextRow() == ["2", "", "a b", ""])
    #expect(try reader.nextRow() == nil)
    #expect(reader.columns == ["id", "user.name", "tags", "rows"] && reader.rowLists == ["rows"])
  }
}

extension Rows {
  /// All rows of a JSON file in memory.
  init(
    json: String, step: Int = .max, columns choices: [ColumnChoice], rows: String? = nil,
    malformedRows: MalformedRows = .refuse
  ) throws(Diagnostic) {
    self.init()
    let decoder = Decoder(ByteChunks(json, step: step), file: "in.json")
    var reader = JSONReader(
      decoder, file: "in.json", columns: choices, rows: rows, malformedRows: malformedRows)
    while let batch = try reader.next() { append(batch) }
    columns = reader.columns
    skipped = reader.skipped.count
  }
}
