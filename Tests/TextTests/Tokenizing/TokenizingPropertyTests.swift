import Testing
import Text

struct TokenizingPropertyTests {
  @Test(arguments: MosesLanguage.allCases)
  func `no bytes trap any tokenizer, and tokens stand between single spaces`(
    language: MosesLanguage
  ) throws {
    var random = RandomText(seed: 7)
    var options = MosesTokenizer.Options(language)
    options.lowercases = true
    options.normalizesPunctuation = true
    options.splitsHyphens = true
    options.protectedPatterns = ["<[^>]*>", "[0-9]+,[0-9]+"]
    let moses = try MosesTokenizer(options)
    let tokenizers: [Tokenizer] = [
      .moses(moses), .words(keepingEmoji: false), .whitespace, .characters,
    ]
    for round in 0..<1_500 {
      let line = round.isMultiple(of: 2) ? random.line() : random.bytes()
      for tokenizer in tokenizers {
        var tokens: [UInt8] = []
        tokenizer.tokenize(line.span, into: &tokens)
        if !isWhite(line) { #expect(!hasDoubleSpace(tokens), "\(line)") }
        var text: [UInt8] = []
        tokenizer.detokenize(tokens.span, into: &text)
      }
    }
  }

  @Test func `white space and characters lose nothing but spaces`() {
    var random = RandomText(seed: 8)
    for _ in 0..<1_500 {
      let line = random.bytes()
      var characters: [UInt8] = []
      CharacterTokenizer.tokenize(line.span, into: &characters)
      var back: [UInt8] = []
      CharacterTokenizer.detokenize(characters.span, into: &back)
      var expected: [UInt8] = []
      var tokens: [UInt8] = []
      WhitespaceTokenizer.tokenize(line.span, into: &expected)
      WhitespaceTokenizer.tokenize(back.span, into: &tokens)
      #expect(tokens == expected)
    }
  }

  /// Apart from the one that Moses's last rule makes.
  private func hasDoubleSpace(_ tokens: [UInt8]) -> Bool {
    let text = Corpus.text(tokens)
    return (text.hasSuffix("  . &apos; ") ? String(text.dropLast(11)) : text).contains("  ")
  }

  private func isWhite(_ line: [UInt8]) -> Bool {
    Corpus.text(line).unicodeScalars.allSatisfy(\.properties.isWhitespace)
  }
}
