import PipelineFixtures
import Testing

/// What the row-wise kinds make of a line.
struct RowWiseTests {
  /// A stage's options, a line, and what becomes of it.
  struct Case: CustomTestStringConvertible, Sendable {
    let options: String
    let line: String
    let result: String
    var testDescription: String { options }

    init(_ options: String, _ line: String, _ result: String) {
      (self.options, self.line, self.result) = (options, line, result)
    }
  }

  static let clean = [
    Case("", "  two   words\u{A0} ", "two words"),
    Case("collapse-space = false", " a  b ", " a  b "),
    Case("lowercase = true", "ÀÉ ΣΑΣ İ", "àé σας i\u{307}"),
    Case("html = true", "<p class=\"x\">one</p><br/>two <!-- no --> < 3", "one two < 3"),
    Case("entities = true", "a &amp; b &eacute; &#8364;", "a & b é €"),
    Case("repair-entities = true", "it #39;s &lt;b&gt;", "it's <b>"),
    Case("backslashes = true", "a\\b \\\"c\\\"", "a b \"c\""),
    Case("urls = true", "see http://a.b/c?d and www.e.org now", "see and now"),
    Case("unicode = \"nfc\"", "e\u{301} ﬁ", "é ﬁ"),
    Case("unicode = \"nfkc\"", "e\u{301} ﬁ ²", "é fi 2"),
    Case("symbols = true", "a ★ b → c, d!", "a b c, d!"),
    Case("digits = true", "a1b22 ٣", "ab"),
    Case("punctuation = true", "it's: well-known…", "it s well known"),
    Case("stop-words = [\"The\", \"a\"]", "the cat sat on A mat", "cat sat on mat"),
    Case("stop-words-file = \"stop.txt\"", "the cat and The dog", "cat dog"),
  ]

  static let tokenize = [
    Case("", "Don't stop: 3.5 km!", "Don't stop : 3 . 5 km !"),
    Case("rules = \"whitespace\"", "  a\u{2003}b,  c ", "a b, c"),
    Case("rules = \"characters\"", "né d", "n é ▁ d"),
    Case("rules = \"moses\"", "It's Mr. X & co.", "It &apos;s Mr. X &amp; co ."),
    Case("rules = \"moses\"\nescape = false", "It's \"x\"", "It 's \" x \""),
    Case("rules = \"moses\"\nlanguage = \"fr\"", "l'été d'ici", "l&apos; été d&apos; ici"),
    Case("rules = \"moses\"\nlanguage = \"de\"", "z. B. am 3. Mai", "z. B. am 3. Mai"),
    Case("rules = \"moses\"\nlowercase = true", "ÉCOLE No", "école no"),
    Case("rules = \"moses\"\nnormalize = true\nescape = false", "„a“ – b", "\" a \" - b"),
    Case("rules = \"moses\"\naggressive = true", "well-known", "well @-@ known"),
    Case("rules = \"moses\"\nprotect = [\"<[a-z]+>\"]", "see <b> c<d.", "see &lt;b&gt; c &lt; d ."),
    Case("rules = \"moses\"\nprefixes = \"prefixes.txt\"", "Foo. Bar is.", "Foo. Bar is ."),
    Case("rules = \"moses\"\nsplit-final-stop = true", "at Foo Inc.", "at Foo Inc ."),
    Case("rules = \"moses\"", " \u{A0}\u{3000}", ""),
    Case("rules = \"characters\"", "\u{200B}\u{FEFF} ", ""),
    Case("", "exam\u{AD}ple ❤️love", "example ❤️ love"),
  ]

  static let detokenize = [
    Case("", "It &apos;s &quot; fine &quot; , no ?", "It's \"fine\", no?"),
    Case("language = \"fr\"", "l&apos; été", "l'été"),
    Case("rules = \"characters\"", "n é ▁ d", "né d"),
    Case("rules = \"subwords\"", "un@@ like@@ ly it", "unlikely it"),
    Case("rules = \"wordpiece\"", "un ##like ##ly it ##", "unlikely it ##"),
  ]

  @Test(arguments: [
    ("clean", "stop-words-file = \"list.txt\"", "the Bücher cat", "cat"),
    ("tokenize", "rules = \"moses\"\nprefixes = \"list.txt\"", "Bücher. Cat.", "Bücher. Cat ."),
  ])
  func `a list may be written as Windows or old Macintoshes write it`(
    kind: String, options: String, line: String, result: String
  ) throws {
    for list in ["\u{FEFF}Bücher\r\n\r\nthe\r\n", "the\rBücher\r", "\n\nthe\n\nBücher"] {
      let found = try TemporaryPipeline(files: ["a.txt": line + "\n", "list.txt": list]).run(
        """
        [stage.load]
        files = { text = "a.txt" }
        [stage.\(kind)]
        from = "load"
        \(options)
        """)
      #expect(try found.table(kind) == ["line|text", "1|\(result)"], "\(list)")
    }
  }

  @Test func `rows of nothing but white space and invisible characters are empty`() throws {
    let result = try TemporaryPipeline(files: [
      "a.txt": "x\n\u{A0}\n\u{3000}\n\u{200B}\u{FE0F}\ny\n"
    ])
    .run("[stage.load]\nfiles = { text = \"a.txt\" }\n[stage.clean]\nfrom = \"load\"")
    #expect(try result.table("clean") == ["line|text", "1|x", "5|y"])
  }

  @Test(arguments: clean)
  func `clean changes a line`(_ example: Case) throws { try check("clean", example) }

  @Test(arguments: tokenize)
  func `tokenize cuts a line`(_ example: Case) throws { try check("tokenize", example) }

  @Test(arguments: detokenize)
  func `detokenize joins a line`(_ example: Case) throws { try check("detokenize", example) }

  private func check(_ kind: String, _ example: Case) throws {
    let pipeline = try TemporaryPipeline(files: [
      "a.txt": example.line + "\n", "stop.txt": "and\nthe\n", "prefixes.txt": "Foo\n",
    ])
    let result = try pipeline.run(
      """
      [stage.load]
      files = { text = "a.txt" }
      [stage.\(kind)]
      from = "load"
      \(example.options)
      """)
    if let failure = result.failure { throw failure }
    #expect(try result.table(kind) == ["line|text", "1|\(example.result)"])
  }
}
