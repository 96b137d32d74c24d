import Testing
import Text

struct PunctuationNormalizerTests {
  @Test(arguments: [
    (MosesLanguage.english, "“a”, „b“ ‘c’ d’e ``f''", "\"a,\" \"b\" \"c\" d'e \" f \" "),
    (.english, "x (y )!  50 % : ;", "x (y)! 50%:;"),
    (.english, "\"quoted\". \"more\",", "\"quoted.\" \"more,\""),
    (.german, "\"quoted.\" \"more,\"", "\"quoted\". \"more\","),
    (.german, "\"tag.\"<b>", "\"tag.\"<b>"),
    (.french, "«\u{A0}oui\u{A0}»\u{A0}: 1\u{A0}000\u{A0}%", "\"oui\" : 1,000%"),
    (.english, "1\u{A0}000 – 2—3…", "1.000 - 2 - 3..."),
  ])
  func `typographic characters become plain ones`(
    language: MosesLanguage, line: String, normal: String
  ) {
    var output: [UInt8] = []
    PunctuationNormalizer(language).normalize(Array(line.utf8).span, into: &output)
    #expect(String(decoding: output, as: UTF8.self) == normal)
  }
}
