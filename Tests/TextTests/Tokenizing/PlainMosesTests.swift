import Testing
import Text

/// The one pass through plain lines, beside the rules that any line goes through.
struct PlainMosesTests {
  @Test(arguments: MosesLanguage.allCases)
  func `plain lines have the tokens that any line has`(language: MosesLanguage) throws {
    var random = RandomText(seed: 5)
    var plainCount = 0
    for round in 0..<24_000 {
      let tokenizer = try MosesTokenizer(Self.options(language, round))
      let line = Self.line(round, &random)
      var expected = Array("before".utf8)
      tokenizer.tokenizeAny(line.span, into: &expected)
      var tokens = Array("before".utf8)
      if tokenizer.tokenizePlain(line.span, into: &tokens) {
        plainCount += 1
        #expect(tokens == expected, "of \(Corpus.text(line))")
      } else {
        #expect(tokens == Array("before".utf8))
      }
      tokens = Array("before".utf8)
      tokenizer.tokenize(line.span, into: &tokens)
      #expect(tokens == expected, "of \(Corpus.text(line))")
    }
    #expect(plainCount > 5_000)
  }

  @Test func `a line whose signs are normalized is plain with those of ASCII`() throws {
    let tokenizer = try MosesTokenizer(Self.options(.english, 2))
    let line = Array("“Don’t,” she said – ‘no’ — don’t".utf8)
    var tokens: [UInt8] = []
    #expect(!tokenizer.tokenizePlain(line.span, into: &tokens))
    tokenizer.tokenize(line.span, into: &tokens)
    #expect(
      String(decoding: tokens, as: UTF8.self) == "\" Don 't , \" she said - \" no \" - don 't")
  }

  @Test(arguments: [
    "It's Mr. Weiß, isn't it?", "In 1990's Rome it cost 3,500.5 \"or so.\"",
    "Été - (l'été) [a|b] & c", "It ‘is’ – as “they” say — so…",
  ])
  func `such lines are plain`(line: String) throws {
    var tokens: [UInt8] = []
    let tokenizer = try MosesTokenizer(Self.options(.english, 1))
    #expect(tokenizer.tokenizePlain(Array(line.utf8).span, into: &tokens))
  }

  /// Every combination of the switches, in turn.
  private static func options(_ language: MosesLanguage, _ round: Int) -> MosesTokenizer.Options {
    var options = MosesTokenizer.Options(language)
    options.lowercases = round & 1 != 0
    options.normalizesPunctuation = round & 2 != 0
    options.splitsHyphens = round & 4 != 0
    options.escapes = round & 8 != 0
    options.alwaysSplitsFinalStop = round & 16 != 0
    return options
  }

  private static let words = [
    "a", "Z", "don't", "'s", "'S", "5", "3,5", "1990's", "U.S.", "Mr.", "mr.", "No.", "é", "É", "ß",
    "don’t", "’s", "‘a", "x’y’z", "1990’s", "a–b", "“", "”", "„", "’", "‘", "‚", "—", "–", "…", "•",
    "‹", "end.”", "end”.", "(“a”)", "K", "\u{2010}", "\u{2028}", "ª", "²", "word", "l'", "a-b",
    "z.B.", "1.", "x", "\"", "(", ")", "%", "&", "|", "<", "-", ",",
    ".", "'", ":",
  ]

  /// Words with and without spaces between, lines that are hard on text code, and ASCII, in turn.
  private static func line(_ round: Int, _ random: inout RandomText) -> [UInt8] {
    switch round / 32 % 4 {
    case 0, 1:
      (0..<round % 13).flatMap { _ in
        let space = Int.random(in: 0...3, using: &random) == 0 ? "" : " "
        let word = words[Int.random(in: 0..<words.count, using: &random)]
        return Array((word + space).utf8)
      }
    case 2: random.line()
    default: (0..<round % 61).map { _ in UInt8.random(in: 0x20...0x7E, using: &random) }
    }
  }
}
