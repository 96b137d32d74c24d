import Diagnostics
import Formats
import Testing

struct JSONValueTests {
  /// A malformed text, with a `^` under the column that the error must name.
  struct Malformed: CustomTestStringConvertible, Sendable {
    let text: String
    let mark: String
    let problem: String
    var testDescription: String { text }
  }

  static let malformed = [
    Malformed(text: "", mark: "^", problem: "the JSON text ends where a value is expected"),
    Malformed(text: "{\"a\":1,}", mark: "       ^", problem: "expected a quoted name"),
    Malformed(text: "{\"a\":1,\"a\":2}", mark: "       ^", problem: "duplicate name 'a'"),
    Malformed(text: "[1 2]", mark: "   ^", problem: "expected ',' or ']'"),
    Malformed(text: "[01]", mark: "  ^", problem: "expected ',' or ']'"),
    Malformed(text: "NaN", mark: "^", problem: "expected a JSON value"),
    Malformed(text: "[1.]", mark: "   ^", problem: "expected a digit after the point"),
    Malformed(text: "1e999", mark: "^", problem: "the number 1e999 is too large"),
    Malformed(text: "[\"é\", \"ab]", mark: "      ^", problem: "the text is never closed"),
    Malformed(text: "\"\\ud800\"", mark: " ^", problem: "half of a surrogate pair"),
    Malformed(text: "\"\\x\"", mark: " ^", problem: "unknown escape in a text"),
    Malformed(text: "tru", mark: "^", problem: "expected a JSON value"),
    Malformed(text: "1 x", mark: "  ^", problem: "text after the end of the JSON value"),
  ]

  @Test(arguments: malformed)
  func `malformed JSON is refused where it is wrong`(_ row: Malformed) {
    let error = #expect(throws: Diagnostic.self) {
      try JSONValue(parsing: row.text, file: "f.json")
    }
    #expect(error?.message.problem == row.problem)
    #expect(error?.place == Place(file: "f.json", line: 1, column: row.mark.count))
  }

  @Test func `an error on a later line names that line`() {
    let error = #expect(throws: Diagnostic.self) {
      try JSONValue(parsing: "{\n  \"a\": x\n}", file: "f.json")
    }
    #expect(error?.place == Place(file: "f.json", line: 2, column: 8))
    #expect(error?.excerpt?.line == "  \"a\": x")
  }

  @Test func `every value is written and read back`() throws {
    let value: JSONValue = [
      "z": 1, "a": [true, false, .null], "empty": [:], "none": [],
      "least": .integer(Int64.min), "tenth": 0.1, "tiny": .number(Double.leastNonzeroMagnitude),
      "huge": 1.7976931348623157e308,
      "text": "quote \" back \\ line \n tab \t bell \u{7} é 😀",
    ]
    #expect(try JSONValue(parsing: value.compact, file: "x") == value)
    #expect(try JSONValue(parsing: value.pretty, file: "x") == value)
    #expect(value.compact.hasPrefix("{\"z\":1,\"a\":[true,false,null],\"empty\":{},\"none\":[]"))
    #expect(JSONValue.number(.nan).compact == "null")
    #expect(
      (["a": [1, 2]] as JSONValue).pretty == """
        {
          "a": [
            1,
            2
          ]
        }
        """)
  }

  @Test func `what a terminal would obey is written as an escape`() throws {
    let value: JSONValue = "a\u{1B}]0;b\u{9B}\u{202E}c\u{2066}\u{200F}"
    #expect(value.compact == "\"a\\u001b]0;b\\u009b\\u202ec\\u2066\u{200F}\"")
    #expect(try JSONValue(parsing: value.compact, file: "x") == value)
  }

  @Test func `numbers keep their digits and their kind`() throws {
    #expect(try JSONValue(parsing: "9223372036854775807", file: "x") == .integer(Int64.max))
    #expect(
      try JSONValue(parsing: "9223372036854775808", file: "x") == .number(9.223372036854775807e18))
    #expect(try JSONValue(parsing: "1.0", file: "x") == .number(1))
    #expect(try JSONValue(parsing: "-0", file: "x").compact == "-0.0")
    #expect(try JSONValue(parsing: "\"\\ud83d\\ude00\"", file: "x") == "😀")
  }

  @Test func `nesting beyond 128 levels is refused`() throws {
    _ = try JSONValue(
      parsing: String(repeating: "[", count: 128) + String(repeating: "]", count: 128), file: "x")
    #expect(throws: Diagnostic.self) {
      try JSONValue(parsing: String(repeating: "[", count: 100_000), file: "x")
    }
  }
}
