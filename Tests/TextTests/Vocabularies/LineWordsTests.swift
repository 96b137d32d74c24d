import Fixtures
import Testing
import Text

struct LineWordsTests {
  /// The words of a line as by splitting it.
  private func words(of line: [UInt8]) -> [[UInt8]] {
    let edges: Set<UInt8> = [0x20, 0x0A, 0x0D]
    let inner = line.drop { edges.contains($0) }.reversed().drop { edges.contains($0) }.reversed()
    return inner.split(separator: 0x20).map(Array.init)
  }

  @Test func `the words of a line are what spaces separate, whatever its length`() {
    var random = SeededNumbers(seed: 5)
    for length in 0..<400 {
      for spaces in [2, 5, 40] {
        let line = (0..<length).map { _ -> UInt8 in
          Int.random(in: 0..<spaces, using: &random) == 0
            ? [0x20, 0x20, 0x0A, 0x0D, 0x09].randomElement(using: &random) ?? 0x20
            : UInt8.random(in: 0x21...0xFF, using: &random)
        }
        var counter = VocabularyCounter()
        counter.add(line: line.span)
        let words = words(of: line)
        #expect(counter.total == words.count, "\(line)")
        #expect(Set(words) == Set((0..<counter.tokens.count).map { Array(counter.tokens[$0]) }))
        // A line that stands within others.
        var within = VocabularyCounter()
        let text = Array("x y".utf8) + line + Array("z w".utf8)
        within.add(line: text.span.extracting(3..<3 + length))
        #expect(within.total == words.count, "\(line)")
      }
    }
  }
}
