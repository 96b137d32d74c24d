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
    switch round % 4 {
    case 0: random.line()
    case 1: random.bytes()
    case 2: random.line().filter { $0 < 0x80 }
    default: (0..<round % 97).map { _ in UInt8.random(in: 0x20...0x7E, using: &random) }
    }
  }
}
