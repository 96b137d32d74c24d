import Fixtures
import Testing
import Text

struct ChunkedCounterTests {
  private static let words =
    ["<pad>", "\\<pad>", "<unk>", "a", "\u{0}", "a\u{0}", "exactly8", "exactly_9"]
    + (0..<60).map { String(repeating: "long", count: $0 % 7) + "\($0)" }

  private static func lines(_ random: inout SeededNumbers) -> [String] {
    (0..<Int.random(in: 0...30, using: &random)).map { _ in
      (0..<Int.random(in: 0...20, using: &random)).map { _ in
        let count = Int.random(in: 1...words.count, using: &random)
        return words[Int.random(in: 0..<count, using: &random)]
      }.joined(separator: [" ", "  "].randomElement(using: &random) ?? " ")
    }
  }

  private static func counted(_ lines: [String], isPadded: Bool) -> VocabularyCounter {
    var counter = VocabularyCounter()
    for line in lines { counter.add(line: Array(line.utf8).span, isPadded: isPadded) }
    return counter
  }

  private static func expectEqual(_ counter: VocabularyCounter, _ twin: VocabularyCounter) {
    #expect(counter.countLines == twin.countLines)
    #expect(counter.counts == twin.counts && counter.total == twin.total)
  }

  /// A field as a table writes it, byte by byte.
  private static func escaped(_ field: ArraySlice<UInt8>) -> [UInt8] {
    field.flatMap { byte -> [UInt8] in
      switch byte {
      case UInt8(ascii: "\t"): Array("\\t".utf8)
      case UInt8(ascii: "\n"): Array("\\n".utf8)
      case UInt8(ascii: "\r"): Array("\\r".utf8)
      case UInt8(ascii: "\\"): Array("\\\\".utf8)
      default: [byte]
      }
    }
  }

  @Test func `counts are written as lines of a table, whatever bytes tokens have`() throws {
    var random = SeededNumbers(seed: 12)
    let bytes = Array("abcdefghijklmnopq é\u{0}\t\n\r\\".utf8)
    for _ in 0..<300 {
      var counter = VocabularyCounter()
      // Some have few bytes to be escaped, and some many.
      let kinds = Int.random(in: 10...bytes.count, using: &random)
      for _ in 0..<Int.random(in: 0...12, using: &random) {
        let token = (0..<Int.random(in: 0...70, using: &random)).map { _ in
          bytes[Int.random(in: 0..<kinds, using: &random)]
        }
        counter.add(token.span, count: 1 + Int.random(in: 0...Int.max >> 8, using: &random) >> 30)
      }
      var twin: [UInt8] = []
      for id in 0..<counter.tokens.count {
        twin += Array("\(counter.counts[id])\t".utf8) + Self.escaped(counter.tokens[id])
        twin.append(UInt8(ascii: "\n"))
      }
      #expect(counter.countLines == twin)
      Self.expectEqual(try VocabularyCounter(countLines: twin), counter)
    }
  }

  /// Parts of chunks are counted beside tokens that were known some time before.
  @Test(arguments: [false, true])
  func `chunks counted in parts are as if counted in one go`(isPadded: Bool) throws {
    var random = SeededNumbers(seed: 11)
    for _ in 0..<60 {
      var (counter, again) = (ChunkedCounter(), ChunkedCounter())
      var known = [counter.known.tokens]
      var all: [String] = []
      for _ in 0..<Int.random(in: 0...5, using: &random) {
        var chunk: [String] = []
        for _ in 0..<Int.random(in: 1...4, using: &random) {
          let lines = Self.lines(&random)
          chunk += lines
          var part = PartCounter(besides: known.randomElement(using: &random) ?? known[0])
          for line in lines {
            // A line that stands within others.
            let bytes = Array("x y".utf8) + Array(line.utf8) + Array("z".utf8)
            part.add(line: 3..<bytes.count - 1, of: bytes.span, isPadded: isPadded)
          }
          counter.add(part)
          known.append(counter.known.tokens)
        }
        all += chunk
        #expect(counter.chunkLines == Self.counted(chunk, isPadded: isPadded).countLines)
        try again.add(chunkLines: counter.chunkLines)
        counter.endChunk()
      }
      Self.expectEqual(counter.total, Self.counted(all, isPadded: isPadded))
      Self.expectEqual(again.total, counter.total)
    }
  }

  @Test func `tokens counted one by one are as in a line`() {
    var part = PartCounter()
    for word in Self.words + Self.words { part.add(Array(word.utf8).span) }
    var counter = ChunkedCounter()
    counter.add(part)
    counter.endChunk()
    #expect(counter.total.counts == Self.words.map { _ in 2 })
    #expect(counter.total.tokens.id(of: Array("a".utf8).span) == 3)
  }

  @Test func `lines that are no counts add nothing`() throws {
    var counter = ChunkedCounter()
    #expect(throws: (any Error).self) { try counter.add(chunkLines: Array("2\ta\nx\tb\n".utf8)) }
    #expect(counter.total.total == 0)
  }
}
