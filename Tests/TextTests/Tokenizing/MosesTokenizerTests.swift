import Diagnostics
import Testing
import Text

struct MosesTokenizerTests {
  @Test(arguments: [
    (
      MosesLanguage.english,
      #"Mr. Smith's cost is $5,300.50 (i.e. 50% of the U.S. total)... "Really?" it's 1990's stuff, isn't it?"#,
      "Mr. Smith &apos;s cost is $ 5,300.50 ( i.e. 50 % of the U.S. total ) ... &quot; Really ? &quot; it &apos;s 1990 &apos;s stuff , isn &apos;t it ?"
    ),
    (.english, "I live in the U.S.", "I live in the U.S ."),
    (
      .german,
      "Das ist z.B. 5,5 Prozent am 3. Mai 2010, nicht wahr? „Ja“, sagte Dr. Müller's Frau.",
      "Das ist z.B. 5,5 Prozent am 3. Mai 2010 , nicht wahr ? „ Ja “ , sagte Dr. Müller &apos; s Frau ."
    ),
    (
      .french,
      "L'homme qu'il aime n'est pas aujourd'hui ici : c'est M. Dupont, « l'ami ».",
      "L&apos; homme qu&apos; il aime n&apos; est pas aujourd&apos; hui ici : c&apos; est M. Dupont , « l&apos; ami » ."
    ),
    (
      .english, "See No. 5, p. 3; e-mail: a.b@c.org & <b>x|y</b> [z]",
      "See No. 5 , p . 3 ; e-mail : a.b @ c.org &amp; &lt; b &gt; x &#124; y &lt; / b &gt; &#91; z &#93;"
    ),
  ])
  func `the golden sentences come out, with the final stop always split`(
    language: MosesLanguage, line: String, tokens: String
  ) throws {
    var options = MosesTokenizer.Options(language)
    options.alwaysSplitsFinalStop = true
    #expect(try tokenize(line, options) == tokens)
  }

  @Test(arguments: [
    ("I live in the U.S.", "I live in the U.S."),
    ("So am I.", "So am I."),
    ("No. 5 and no. No. Really. yes.", "No. 5 and no . No . Really. yes ."),
    ("3,", "3 ,"),
    ("a,b 1,000 1,a a,1 ,5", "a , b 1,000 1 , a a , 1 , 5"),
    ("wait.... what.. now...", "wait .... what .. now ..."),
    ("well .'", "well  . &apos; "),
    ("he said 'go.'", "he said &apos; go . &apos; "),
    (
      "'tis rock'n'roll, the dogs' 90's",
      "&apos;tis rock &apos;n&apos;roll , the dogs &apos; 90 &apos;s"
    ),
    (" \u{A0}a\u{1}b\tc\u{2003}", "ab c"),
    (" \t ", " \t "),
    ("", ""),
  ])
  func `English lines come out as in December 2017`(row: (line: String, tokens: String)) throws {
    #expect(try tokenize(row.line, MosesTokenizer.Options(.english)) == row.tokens)
  }

  @Test func `hyphens are split only when asked`() throws {
    var options = MosesTokenizer.Options(.english)
    #expect(try tokenize("a well-known-fact -x", options) == "a well-known-fact -x")
    options.splitsHyphens = true
    #expect(try tokenize("a well-known-fact -x", options) == "a well @-@ known @-@ fact -x")
  }

  @Test func `what a protected pattern matches stays whole, and is escaped`() throws {
    var options = MosesTokenizer.Options(.english)
    options.protectedPatterns = [#"<\/?\S+\/?>"#, #"https?:\S+"#]
    #expect(
      try tokenize("see <b>this</b>, http://x.y/z?q=1, ok?", options)
        == "see &lt;b&gt;this&lt;/b&gt; , http://x.y/z?q=1, ok ?")
    options.escapes = false
    #expect(try tokenize("<a> b<a>!", options) == "<a> b <a> !")
  }

  @Test func `a malformed protected pattern is refused`() {
    var options = MosesTokenizer.Options(.english)
    options.protectedPatterns = ["("]
    let error = #expect(throws: Diagnostic.self) { try MosesTokenizer(options) }
    #expect(error?.message.problem == "'(' is not a regular expression")
  }

  @Test func `abbreviations of one's own take the place of the language's`() throws {
    var options = MosesTokenizer.Options(.english)
    let list = Array("Foo\nBar #NUMERIC_ONLY#\n".utf8)
    options.abbreviations = try Abbreviations(parsing: list.span, file: "mine")
    #expect(try tokenize("Foo. Mr. Bar. 5 Bar. X", options) == "Foo. Mr . Bar. 5 Bar . X")
  }

  @Test func `lower-casing and punctuation come before the tokens`() throws {
    var options = MosesTokenizer.Options(.english)
    options.lowercases = true
    options.normalizesPunctuation = true
    #expect(
      try tokenize("“ÉTÉ”—50 % (O’Neill )…", options)
        == "&quot; été &quot; - 50 % ( o &apos;neill ) ...")
  }

  private func tokenize(_ line: String, _ options: MosesTokenizer.Options) throws -> String {
    var output: [UInt8] = []
    try MosesTokenizer(options).tokenize(Array(line.utf8).span, into: &output)
    return String(decoding: output, as: UTF8.self)
  }
}
