import Diagnostics
import TOML
import Testing

@Suite struct RefusalTests {
  /// A text whose last line is a caret line under what is wrong, and the problem.
  struct Row: CustomTestStringConvertible, Sendable {
    let text: String
    let problem: String
    var testDescription: String { problem }

    init(_ text: String, _ problem: String) {
      self.text = text
      self.problem = problem
    }
  }

  @Test(arguments: [
    Row("a = 1\nb = 2\na = 3\n^", "'a' is already defined on line 1"),
    Row("[t]\n[u]\n[t]\n ^", "'t' is already defined on line 1"),
    Row("[a.b]\n[a]\nb = 1\n^", "'b' is already defined on line 1"),
    Row("[a]\nb.c = 1\n[a.b]\n   ^", "'b' is already defined on line 2"),
    Row("[a.b.c]\n[a]\nb.d = 1\n^", "'b' is a table of its own, begun on line 1"),
    Row("t = { a = 1 }\n[t.b]\n ^", "'t' was written in braces on line 1 and is complete"),
    Row("t = 1\nt.b = 2\n^", "'t' is an integer, defined on line 1, not a table"),
    Row("t = [1]\n[[t]]\n  ^", "'t' is already defined on line 1"),
    Row("[[t]]\n[t]\n ^", "'t' is already defined on line 1"),
    Row(#"s = "a \q b""# + "\n       ^~", "there is no such escape"),
    Row(#"s = "\u00G""# + "\n     ^~~~", "this escape takes 4 hexadecimal digits"),
    Row(#"s = "\uD800""# + "\n     ^~~~~~", "this number is no Unicode character"),
    Row("s = \"abc\n    ^~~~", "this string is never closed"),
    Row("n = 9223372036854775808\n    ^~~~~~~~~~~~~~~~~~~", "this integer does not fit in 64 bits"),
    Row("n = 1e999\n    ^~~~~", "this float is beyond what 64 bits can hold"),
    Row("n = 1__0\n    ^~~~", "this is not a number"),
    Row("n = 012\n    ^~~", "this is not a number"),
    Row("d = 1979-13-01\n    ^~~~~~~~~~", "this is not a date or time"),
    Row("s = hello\n    ^~~~~", "this is not a TOML value"),
    Row("s =\n   ^", "a value is expected here"),
    Row("größe = 1\n  ^", "a key must be followed by '=' and its value"),
    Row("= 1\n^", "a key is expected here"),
    Row("a = 1 b = 2\n      ^", "the line should end here"),
    Row("a = [1 2]\n       ^", "elements of an array are separated by commas"),
    Row("a = [1,\n    ^~~", "this array is never closed"),
    Row("a = { b = 1, }\n             ^", "a table in braces may not end in a comma"),
    Row("[a\n^~", "this table header is not closed"),
    Row("[[a]\n^~~~", "this header of a list of tables is not closed"),
    Row("a = 1 # \u{1}\n        ^", "the control character U+0001 is not allowed"),
    Row("a = 1\r# b\n     ^", "a carriage return without a line feed"),
  ])
  func `a mistake is shown where it is`(row: Row) throws {
    let lines = row.text.split(separator: "\n", omittingEmptySubsequences: false)
    let text = lines.dropLast().joined(separator: "\n")
    let caret = try #require(lines.last)
    let failure = try #require(refusal(Array(text.utf8)))
    #expect(failure.message.problem == row.problem)
    #expect(failure.message.remedy != nil)
    #expect(failure.place?.file == "p.toml")
    #expect(failure.excerpt?.column == caret.prefix { $0 == " " }.count + 1)
    #expect(max(1, failure.excerpt?.length ?? 0) == caret.drop { $0 == " " }.count)
    #expect(failure.place?.column == failure.excerpt?.column)
  }

  @Test func `bytes that are not UTF-8 are shown where they are`() throws {
    let failure = try #require(refusal(Array("a = 1\né = '".utf8) + [0xC3, 0x28]))
    #expect(failure.place == Place(file: "p.toml", line: 2, column: 6))
    #expect(failure.message.problem == "this byte is not UTF-8")
  }

  @Test(arguments: ["[", "{a=", "[{a="])
  func `values nested without end are refused`(opening: String) throws {
    let text = "a = " + String(repeating: opening, count: 200_000)
    #expect(refusal(Array(text.utf8))?.message.problem.contains("nested more than 100") == true)
  }

  @Test(arguments: [("", " = 1"), ("[", "]"), ("[[", "]]")])
  func `keys of endless parts are refused`(opening: String, closing: String) {
    let key = String(repeating: "a.", count: 200_000) + "a"
    let failure = refusal(Array("\(opening)\(key)\(closing)".utf8))
    #expect(failure?.message.problem.contains("nested more than 100") == true)
  }

  @Test(arguments: ["", "1 2", "1,", "a = 1", "word", "1\n2"])
  func `text that is not one value is refused as one`(text: String) {
    #expect(throws: Diagnostic.self) { try TOMLValue.parse(text, origin: "--set") }
  }

  private func refusal(_ bytes: [UInt8]) -> Diagnostic? {
    do throws(Diagnostic) {
      _ = try TOMLDocument.parse(bytes, file: "p.toml")
      return nil
    } catch {
      return error
    }
  }
}
