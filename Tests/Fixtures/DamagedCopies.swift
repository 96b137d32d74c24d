/// Copies of a file that are damaged in one place or a few, the same ones for the same seed.
///
/// They are cut short, have bits turned, bytes replaced, stretches lost, doubled or moved, and numbers
/// in their text made absurd.
package struct DamagedCopies: Sequence, IteratorProtocol {
  private static let absurdNumbers = [
    "-1", "0", "1", "2147483648", "4294967296", "4611686018427387904", "9223372036854775807",
    "-9223372036854775808", "18446744073709551616", "1e308", "1e999", "-0.0", "0.5", "null",
    "[]", "{}", "\"\"", "true",
  ]

  private let original: [UInt8]
  private var left: Int
  private var state: UInt64

  package init(of original: [UInt8], count: Int, seed: UInt64 = 1) {
    self.original = original
    left = count
    state = seed &* 0x9E37_79B9_7F4A_7C15
  }

  package mutating func next() -> [UInt8]? {
    guard left > 0, !original.isEmpty else { return nil }
    left -= 1
    var copy = original
    for _ in 0...number(below: 3) where !copy.isEmpty { damage(&copy) }
    return copy
  }

  private mutating func damage(_ bytes: inout [UInt8]) {
    let place = number(below: bytes.count)
    let stretch = place..<Swift.min(bytes.count, place + 1 + number(below: 16))
    switch number(below: 8) {
    case 0: bytes.removeSubrange(place...)
    case 1: bytes[place] ^= 1 << UInt8(number(below: 8))
    case 2: bytes[place] = UInt8(number(below: 256))
    case 3: bytes.removeSubrange(stretch)
    case 4: bytes.insert(contentsOf: bytes[stretch], at: number(below: bytes.count))
    case 5: bytes.replaceSubrange(stretch, with: repeatElement(bytes[place], count: stretch.count))
    default: makeAbsurd(&bytes, near: place)
    }
  }

  /// Replaces the next run of digits after a place.
  private mutating func makeAbsurd(_ bytes: inout [UInt8], near place: Int) {
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    guard let start = bytes[place...].firstIndex(where: digits.contains) else { return }
    let end = bytes[start...].firstIndex { !digits.contains($0) } ?? bytes.count
    let number = Self.absurdNumbers[number(below: Self.absurdNumbers.count)]
    bytes.replaceSubrange(start..<end, with: number.utf8)
  }

  /// SplitMix64's next number, brought below a bound.
  private mutating func number(below bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return Int((mixed ^ mixed >> 31).multipliedFullWidth(by: UInt64(bound)).high)
  }
}
