import Testing
import Text

/// The fast way through lines without marks and joiners, beside the one for all lines.
struct PlainWordsTests {
  @Test func `plain lines have the words that any line has`() {
    var random = RandomText(seed: 3)
    var plainCount = 0
    for round in 0..<20_000 {
      let line = Self.line(round, &random)
      var expected = Array("before".utf8)
      WordTokenizer.tokenizeAny(line.span, keepingEmoji: false, into: &expected)
      var words = Array("before".utf8)
      if WordTokenizer.tokenizePlain(line.span, into: &words) {
        plainCount += 1
        #expect(words == expected, "of \(line)")
      } else {
        #expect(words == Array("before".utf8))
      }
      words = Array("before".utf8)
      WordTokenizer.tokenize(line.span, into: &words)
      #expect(words == expected, "of \(line)")
    }
    #expect(plainCount > 5_000)
  }

  @Test func `emoji are kept whole as without the fast way`() {
    var random = RandomText(seed: 4)
    for round in 0..<5_000 {
      let line = Self.line(round, &random)
      var (words, expected): ([UInt8], [UInt8]) = ([], [])
      WordTokenizer.tokenize(line.span, keepingEmoji: true, into: &words)
      WordTokenizer.tokenizeAny(line.span, keepingEmoji: true, into: &expected)
      #expect(words == expected, "of \(line)")
    }
  }

  /// Lines of pieces, of ASCII and of bytes of any value, in turn.
  private static func line(_ round: Int, _ random: inout RandomText) -> [UInt8] {
    switch round % 6 {
    case 0: random.line()
    case 1: random.bytes()
    case 2: random.line().filter { $0 < 0x80 }
    case 3: (0..<round % 97).map { _ in byte(of: letters, &random) }
    case 4:
      (0..<round % 41).flatMap { _ in Array(words.randomElement(using: &random)?.utf8 ?? "".utf8) }
    default: (0..<round % 97).map { _ in UInt8.random(in: 0x20...0x7E, using: &random) }
    }
  }

  /// Bytes of words, and of letters of two bytes and more, whole and broken.
  private static let letters: [UInt8] = [
    0x20, 0x20, 0x61, 0x7A, 0x39, 0x27, 0x2C, 0xC3, 0xC3, 0x97, 0xB7, 0xA9, 0xC4, 0xC9, 0x80, 0xBF,
    0xD0, 0xD1, 0xD2, 0xCE, 0xE2,
  ]

  private static let words = [
    " ", " ", "a", "don't", "é", "×", "÷", "À", "ÿ", "ɏ", "Ł", "Ѐ", "я", "ѿ", "҂", "ҁ", "α", "’",
    "“",
    "—", "…", "‘tis", "日", "3", ".", ",", "-", "l’été", "\u{AD}", "ª",
  ]

  private static func byte(of bytes: [UInt8], _ random: inout RandomText) -> UInt8 {
    bytes[Int.random(in: bytes.indices, using: &random)]
  }
}
