import Diagnostics
import Testing

@Suite struct RenderingTests {
  private let message = Diagnostic.Message("it is wrong", remedy: "put it right")

  @Test func `a diagnostic shows the place, the line, a caret and what to try`() {
    let diagnostic = Diagnostic(
      message, at: Place(file: "p.toml", line: 12, column: 8),
      excerpt: Excerpt(line: "size = twelve", column: 8, length: 6))
    #expect(
      diagnostic.description == """
        p.toml:12:8: error: it is wrong
           12 | size = twelve
              |        ^~~~~~
          try: put it right
        """)
  }

  @Test func `what is not known is not shown`() {
    #expect(Diagnostic(.init("it is wrong")).description == "error: it is wrong")
    #expect(
      Diagnostic(.init("it is odd"), at: Place(file: "a.csv"), severity: .warning).description
        == "a.csv: warning: it is odd")
  }

  @Test func `nothing that a terminal would obey is in a diagnostic`() {
    let diagnostic = Diagnostic(
      .init("'\u{1B}]0;a\u{07}' is\nwrong", remedy: "not \u{202E}\u{9B}\u{2066}"),
      at: Place(file: "\u{1B}[2J.toml"), excerpt: Excerpt(line: "a\u{202D}\u{07F}", column: 1))
    #expect(
      diagnostic.description == """
        \u{FFFD}[2J.toml: error: '\u{FFFD}]0;a\u{FFFD}' is
        wrong
              | a\u{FFFD}\u{FFFD}
              | ^
          try: not \u{FFFD}\u{FFFD}\u{FFFD}
        """)
  }

  @Test(arguments: [
    (Place(file: "a"), "a"), (Place(file: "a", line: 3), "a:3"),
    (Place(file: "a", line: 3, column: 4), "a:3:4"), (Place(file: "a", column: 4), "a"),
  ])
  func `a place is written as editors jump to it`(place: Place, text: String) {
    #expect(place.description == text)
  }

  @Test func `tabs before the caret are kept, so that the terminal lines it up`() {
    let lines = Excerpt(line: "\ta\tb", column: 4).lines(numbered: nil)
    #expect(lines == ["      | \ta\tb", "      | \t \t^"])
  }

  @Test func `columns count scalars, not bytes`() {
    let lines = Excerpt(line: "größe = ß", column: 9).lines(numbered: 1)
    #expect(lines[1] == "      |         ^")
  }

  @Test func `control characters do not reach the terminal`() {
    let lines = Excerpt(line: "a\u{1B}[31m\u{9B}", column: 2).lines(numbered: 1)
    #expect(lines[0] == "    1 | a\u{FFFD}[31m\u{FFFD}")
  }

  @Test func `line numbers of more than five digits widen the margin`() {
    let lines = Excerpt(line: "x", column: 1).lines(numbered: 1_234_567)
    #expect(lines == ["1234567 | x", "        | ^"])
  }

  @Test(arguments: [0, 1, 50, 96, 97, 500, 999, 1_000, 1_001])
  func `of a long line the part around the column is shown`(column: Int) {
    let text = String((0..<1_000).map { Character(String($0 % 10)) })
    let lines = Excerpt(line: text, column: column, length: 4).lines(numbered: 1)
    let shown = lines[0].dropFirst(8)
    #expect(shown.count == 96)
    let caret = lines[1].dropFirst(8).prefix { $0 == " " }.count
    if (1...1_000).contains(column) {
      #expect(Array(shown)[caret] == Character(String((column - 1) % 10)))
    }
    #expect(lines[1].count <= 8 + 97)
  }

  @Test(arguments: [-3, 0, 4, 5, 100])
  func `a column outside the line still draws a caret`(column: Int) {
    let lines = Excerpt(line: "abc", column: column, length: 10).lines(numbered: 1)
    #expect(lines[1].contains("^"))
    #expect(lines[1].count <= 8 + 4)
  }
}
