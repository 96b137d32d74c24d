import Testing
import Text

struct TokenizerTests {
  @Test(arguments: [
    ("Don't stop: 3,5 % – l’été!", "Don't stop : 3 , 5 % – l’été !"),
    ("'tis the dogs' rock'n'roll", "' tis the dogs ' rock'n'roll"),
    ("a''b  a’'b", "a ' ' b a ’ ' b"),
    ("café e\u{301}t\u{E9} x²", "café e\u{301}t\u{E9} x ²"),
    ("日本語、中文", "日本語 、 中文"),
    ("🙂👍🏽", "🙂 👍 🏽"),
    (" \t ", ""),
    ("exam\u{AD}ple \u{200E}left word\u{FEFF} a\u{2060}b", "example left word ab"),
    ("foo\u{200B}bar \u{200B}", "foo bar"),
    ("می\u{200C}خواهم ශ්\u{200D}රී क्\u{200D}ष", "می\u{200C}خواهم ශ්\u{200D}රී क्\u{200D}ष"),
    ("a\u{200C} b\u{200D}. \u{200D}c", "a b . c"),
    ("I ❤️great ✔️ok \u{FE0F}x", "I ❤️ great ✔️ ok x"),
    ("1️⃣st 👩‍🚀ok 🏳️‍🌈!", "1️⃣st 👩‍🚀 ok 🏳️‍🌈 !"),
  ])
  func `words keep inner apostrophes and stand apart from symbols`(row: (String, String)) {
    #expect(tokens(.words(keepingEmoji: false), row.0) == row.1)
  }

  @Test func `white space of any kind separates tokens`() {
    #expect(tokens(.whitespace, " a\tb\u{A0}\u{3000}c,d \u{85}") == "a b c,d")
    #expect(tokens(.whitespace, "") == "")
  }

  @Test func `characters are scalars, and come back as text`() {
    #expect(tokens(.characters, "ab é") == "a b ▁ é")
    #expect(text(.characters, "a b ▁ é") == "ab é")
    #expect(text(.characters, tokens(.characters, "Eine Zeile, ganz.")) == "Eine Zeile, ganz.")
  }

  @Test func `a byte that is not UTF-8 is one token of its own`() {
    let line: [UInt8] = [0x61, 0xFF, 0xC3, 0x20, 0xE2, 0x82]
    var output: [UInt8] = []
    Tokenizer.words(keepingEmoji: false).tokenize(line.span, into: &output)
    #expect(output == [0x61, 0x20, 0xFF, 0x20, 0xC3, 0x20, 0xE2, 0x20, 0x82])
  }

  private func tokens(_ tokenizer: Tokenizer, _ line: String) -> String {
    var output: [UInt8] = []
    tokenizer.tokenize(Array(line.utf8).span, into: &output)
    return String(decoding: output, as: UTF8.self)
  }

  private func text(_ tokenizer: Tokenizer, _ line: String) -> String {
    var output: [UInt8] = []
    tokenizer.detokenize(Array(line.utf8).span, into: &output)
    return String(decoding: output, as: UTF8.self)
  }
}
