import Testing
import Text

@Suite struct `Emoji` {
  /// Emoji that people see as one, and the words of their names.
  static let whole: [(emoji: String, name: String)] = [
    ("😀", "grinning face"), ("❤️", "heavy black heart"), ("❤", "heavy black heart"),
    ("👍🏽", "thumbs up sign medium skin tone"), ("🇫🇷", "flag fr"), ("1️⃣", "keycap 1"),
    ("👩‍💻", "woman personal computer"), ("👩🏿‍🚀", "woman dark skin tone rocket"),
    ("👨‍👩‍👧", "man woman girl"), ("🏴󠁧󠁢󠁳󠁣󠁴󠁿", "flag gbsct"), ("🏳️‍🌈", "waving white flag rainbow"),
    ("🤷🏻‍♀️", "shrug light skin tone female sign"), ("©️", "copyright sign"),
  ]

  @Test(arguments: whole.indices)
  func `an emoji is one token, whatever it is made of`(index: Int) {
    let emoji = Self.whole[index].emoji
    var tokens: [UInt8] = []
    Tokenizer.words(keepingEmoji: true).tokenize(
      Array("so\(emoji)\(emoji)ok \(emoji)!".utf8).span, into: &tokens)
    #expect(String(decoding: tokens, as: UTF8.self) == "so \(emoji) \(emoji) ok \(emoji) !")
  }

  @Test(arguments: whole.indices)
  func `an emoji goes whole, or its name takes its place`(index: Int) {
    let (emoji, name) = Self.whole[index]
    let text = "so\(emoji)ok"
    #expect(Cleaner { $0.emoji = .remove }.clean(text) == "so ok")
    #expect(Cleaner { $0.emoji = .name }.clean(text) == "so \(name) ok")
    #expect(Cleaner { $0.emoji = .keep }.clean(text) == text)
  }

  @Test(arguments: ["1 # * 23", "© ® ™ 2020", "a → b ↔ c", "日本語 é ½", "🇫 alone", "‼ ℹ"])
  func `digits, letters and signs of text are none`(text: String) {
    #expect(Cleaner { $0.emoji = .remove }.clean(text) == text)
  }

  @Test func `without emoji, words are cut as ever`() {
    let text = "don't cut l'été — 3.5 % of A\u{301}b\u{AD}c, می\u{200C}خواهم!"
    var (plain, whole): ([UInt8], [UInt8]) = ([], [])
    Tokenizer.words(keepingEmoji: false).tokenize(Array(text.utf8).span, into: &plain)
    Tokenizer.words(keepingEmoji: true).tokenize(Array(text.utf8).span, into: &whole)
    #expect(plain == whole)
  }
}
