/// Copies of files that are damaged in one place or a few, the same ones for the same seed.
///
/// They are cut short, have bits turned, bytes replaced, stretches lost, doubled, moved, repeated or
/// taken from another of the files, words of their format put in, and numbers in their text made absurd.
package struct DamagedCopies: Sequence, IteratorProtocol {
  private static let absurdNumbers = [
    "-1", "0", "1", "2147483648", "4294967296", "4611686018427387904", "9223372036854775807",
    "-9223372036854775808", "18446744073709551616", "1e308", "1e999", "-0.0", "0.5", "null",
    "[]", "{}", "\"\"", "true",
  ]
  /// Repeating makes no copy longer than this.
  private static let longest = 16 << 10

  private let originals: [[UInt8]]
  private let words: [[UInt8]]
  private var left: Int
  private var state: UInt64

  /// - Parameter words: words and marks of the format.
  package init(of originals: [[UInt8]], words: [String] = [], count: Int, seed: UInt64 = 1) {
    self.originals = originals.filter { !$0.isEmpty }
    self.words = words.map { Array($0.utf8) }
    left = count
    // Streams of neighbouring seeds must not be one stream from different places on.
    state = seed
    state = mixedState()
  }

  package init(of original: [UInt8], count: Int, seed: UInt64 = 1) {
    self.init(of: [original], count: count, seed: seed)
  }

  package mutating func next() -> [UInt8]? {
    guard left > 0, !originals.isEmpty else { return nil }
    left -= 1
    var copy = originals[number(below: originals.count)]
    for _ in 0...number(below: 3) where !copy.isEmpty { damage(&copy) }
    return copy
  }

  private mutating func damage(_ bytes: inout [UInt8]) {
    let place = number(below: bytes.count)
    let stretch = place..<Swift.min(bytes.count, place + 1 + number(below: 16))
    switch number(below: 11) {
    case 0: bytes.removeSubrange(place...)
    case 1: bytes[place] ^= 1 << UInt8(number(below: 8))
    case 2: bytes[place] = UInt8(number(below: 256))
    case 3: bytes.removeSubrange(stretch)
    case 4: bytes.insert(contentsOf: bytes[stretch], at: number(below: bytes.count))
    case 5: bytes.replaceSubrange(stretch, with: repeatElement(bytes[place], count: stretch.count))
    case 6: repeatBytes(of: &bytes, in: stretch)
    case 7: graft(onto: &bytes, at: place)
    case 8 where !words.isEmpty:
      let word = words[number(below: words.count)]
      let isPutIn = number(below: 2) == 0
      bytes.replaceSubrange(isPutIn ? place..<place : stretch, with: word)
    default: makeAbsurd(&bytes, near: place)
    }
  }

  /// Repeats a stretch, twice or very often.
  private mutating func repeatBytes(of bytes: inout [UInt8], in stretch: Range<Int>) {
    let room = Swift.max(0, Self.longest - bytes.count) / stretch.count
    let most = number(below: 16) == 0 ? room : Swift.min(room, 40)
    guard most > 0 else { return }
    let copies = repeatElement(bytes[stretch], count: 1 + number(below: most))
    bytes.insert(contentsOf: Array(copies.joined()), at: stretch.lowerBound)
  }

  /// Goes on with what follows a place in another of the files.
  private mutating func graft(onto bytes: inout [UInt8], at place: Int) {
    let other = originals[number(below: originals.count)]
    bytes.replaceSubrange(place..., with: other[number(below: other.count)...])
  }

  /// Replaces the next run of digits after a place.
  private mutating func makeAbsurd(_ bytes: inout [UInt8], near place: Int) {
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    guard let start = bytes[place...].firstIndex(where: digits.contains) else { return }
    let end = bytes[start...].firstIndex { !digits.contains($0) } ?? bytes.count
    let number = Self.absurdNumbers[number(below: Self.absurdNumbers.count)]
    bytes.replaceSubrange(start..<end, with: number.utf8)
  }

  /// The next number of SplitMix64, brought below a bound.
  private mutating func number(below bound: Int) -> Int {
    Int(mixedState().multipliedFullWidth(by: UInt64(bound)).high)
  }

  private mutating func mixedState() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}
