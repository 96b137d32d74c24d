import Testing
import Text

struct ByteBlocksTests {
  private static let lengths = [0, 1, 2, 7, 8, 9, 15, 16, 17, 31, 32, 33, 34, 63, 64, 65, 100]

  @Test(arguments: lengths) func `searches agree with a search byte by byte`(length: Int) {
    var random = RandomText(seed: UInt64(length))
    for _ in 0..<40 {
      let bytes = (0..<length).map { _ in UInt8.random(in: 0x1F...0x24, using: &random) }
      for start in 0...length {
        let (rest, count) = (bytes[start...], bytes[start...].count { $0 == 0x23 })
        #expect(rest.span.count(of: 0x23) == count)
        let wanted = bytes[start...].firstIndex(of: 0x23) ?? length
        let first = bytes.span.first(from: start) { $0.isEqual(to: 0x23) }
        #expect(first == wanted)
        let pair = (start..<max(start, length - 1)).first { bytes[$0] + 1 == bytes[$0 + 1] }
        let found = bytes.span.firstPair(from: start) { $0 &+ 1 .== $1 }
        #expect(found == pair ?? max(start, length - 1))
      }
    }
  }

  @Test func `so many of a byte are counted as there are`() {
    let bytes = [UInt8](repeating: 7, count: 20_000)
    #expect(bytes.span.count(of: 7) == 20_000)
    #expect(bytes.span.count(of: 8) == 0)
  }

  @Test(arguments: lengths) func `parts are equal where their bytes are`(length: Int) {
    var random = RandomText(seed: UInt64(length))
    let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
    let isEqual = bytes.span.equals(Array(bytes).span)
    #expect(isEqual)
    for index in bytes.indices {
      var other = bytes
      other[index] ^= 0x80
      let isStillEqual = bytes.span.equals(other.span)
      #expect(!isStillEqual)
      for end in index...min(length, index + 8) {
        let expected = bytes[index..<end].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let head = bytes.span.head(of: index..<end)
        #expect(head == expected)
      }
    }
  }
}
