import Fixtures
import Foundation
import Testing

/// What people's files can make a terminal do: nothing.
@Suite struct TerminalTests {
  /// Sets the title of a window, turns the direction of the text, and is a class.
  private static let hostile = "red\u{1B}]0;TITLE\u{07}\u{202E}der"

  /// A classifier of two classes, one of them hostile, as are the names of column and pipeline.
  private static func millrace() throws -> Millrace {
    let rows = (0..<60).map { "word\($0 % 2) word,\($0 % 2 == 0 ? hostile : "blue")\n" }.joined()
    let definition = SmallPipeline.definition
      .replacing("name = \"small\"", with: "name = \"\\u001b]0;NAME\\u0007\"")
      .replacing("text = \"description\"", with: "text = \"text\"")
      .replacing("label = \"category\"", with: "label = 2")
    return try Millrace(files: [
      "small.toml": definition, "rows.csv": "text,label\(hostile)\n\(rows)",
      "bad.toml": definition.replacing("label = 2", with: "label = \"nope\"")
        .replacing("lowercase", with: "\"lower\\u001b]0;KEY\\u0007\\u202e\""),
    ])
  }

  @Test(arguments: [
    "run small.toml --quiet", "show small.toml evaluate", "show small.toml load", "pin small.toml",
    "status small.toml", "check bad.toml", "run bad.toml", "classify small.toml --input texts",
    "show small.toml evaluate --json",
  ])
  func `a terminal gets no escape that is not a style of our own`(words: String) throws {
    let millrace = try Self.millrace()
    try millrace.folder.write("texts", "word0\nword1\n")
    try millrace("run", "small.toml")
    for (noColor, allowed) in [("1", 0), ("", Int.max)] {
      let shown = try millrace.onTerminal(
        width: 80, words.split(separator: " ").map(String.init),
        environment: ["NO_COLOR": noColor]
      ).screen.written
      #expect(
        !shown.contains("\u{1B}]") && !shown.contains("\u{07}") && !shown.contains("\u{202E}"))
      let escapes = shown.unicodeScalars.count { $0 == "\u{1B}" }
      #expect(escapes <= allowed || words.hasPrefix("run small"), "\(words): \(shown)")
    }
  }

  @Test func `a pipe gets the bytes as they are, and JSON holds them as escapes`() throws {
    let millrace = try Self.millrace()
    try millrace("run", "small.toml")
    let labels = try millrace("classify", "small.toml", "--top", "2", input: "word0\n").output
    #expect(labels.contains(Self.hostile))
    let json = try millrace("classify", "small.toml", "--json", "--top", "2", input: "word0\n")
    #expect(json.output.contains("red\\u001b]0;TITLE\\u0007\\u202eder"))
    let classes = (json.json as? [String: Any])?["classes"] as? [[String: Any]]
    #expect(classes?.contains { $0["label"] as? String == Self.hostile } == true)
  }
}
