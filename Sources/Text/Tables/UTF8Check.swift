/// Checks a stream of bytes for well-formed UTF-8 (Unicode table 3-7) without NUL, chunk by chunk.
struct UTF8Check: Sendable {
  /// How many continuation bytes the unfinished character still needs.
  private(set) var needed = 0
  /// How many bytes of the unfinished character have been read.
  private(set) var seen = 0
  /// The range of the next continuation byte.
  private var low: UInt8 = 0x80
  private var high: UInt8 = 0xBF

  /// The index of the first byte from `start` on that is wrong, or nil; goes on in the next chunk.
  ///
  /// When a character is cut short, the wrong byte is the one that should have continued it:
  /// `seen` bytes before it belong to the broken character.
  mutating func firstWrong(in bytes: Span<UInt8>, from start: Int = 0) -> Int? {
    var index = start
    while index < bytes.count {
      if needed == 0 {
        // Blocks are looked at with the three bytes before, which must be right themselves.
        if index &- start >= 3 { index = Self.endOfSound(in: bytes, from: index) }
        guard index < bytes.count else { return nil }
        guard begin(bytes[index]) else { return index }
      } else {
        let byte = bytes[index]
        guard byte >= low, byte <= high else { return index }
        needed &-= 1
        seen &+= 1
        (low, high) = (0x80, 0xBF)
        if needed == 0 { seen = 0 }
      }
      index &+= 1
    }
    return nil
  }

  /// Where a character begins before which all are right, as far as that shows thirty-two bytes at a time.
  ///
  /// - Parameter start: where a character begins, behind three bytes of others that are right.
  private static func endOfSound(in bytes: Span<UInt8>, from start: Int) -> Int {
    var index = start
    while index &+ 32 <= bytes.count, areSound(at: index, in: bytes) { index &+= 32 }
    // A character may go on behind the last block.
    for length in 1...3 where index &- length >= start && bytes[index &- length] >= 0xC0 {
      return bytes[index &- length] >= leadOfMore(than: length) ? index &- length : index
    }
    return index
  }

  /// The least first byte of characters that are longer than so many bytes.
  private static func leadOfMore(than length: Int) -> UInt8 {
    length == 1 ? 0xC0 : length == 2 ? 0xE0 : 0xF0
  }

  /// Whether thirty-two bytes are right, provided that those before them are.
  @inline(__always)
  private static func areSound(at index: Int, in bytes: Span<UInt8>) -> Bool {
    let now = bytes.block(at: index)
    let before = bytes.block(at: index &- 1)
    let goOn =
      (before .>= ByteBlock(repeating: 0xC0))
      .| (bytes.block(at: index &- 2) .>= ByteBlock(repeating: 0xE0))
      .| (bytes.block(at: index &- 3) .>= ByteBlock(repeating: 0xF0))
    let isNever = now.isEqual(to: 0) .| now.isIn(0xC0...0xC1) .| now.isIn(0xF5...0xFF)
    // What could be written shorter, surrogates, and what is beyond Unicode.
    let isOutside =
      (before.isEqual(to: 0xE0) .& (now .< ByteBlock(repeating: 0xA0)))
      .| (before.isEqual(to: 0xED) .& (now .>= ByteBlock(repeating: 0xA0)))
      .| (before.isEqual(to: 0xF0) .& (now .< ByteBlock(repeating: 0x90)))
      .| (before.isEqual(to: 0xF4) .& (now .>= ByteBlock(repeating: 0x90)))
    return ((goOn .^ now.isIn(0x80...0xBF)) .| isNever .| isOutside).firstLane == nil
  }

  /// Starts anew, without an unfinished character.
  mutating func reset() { self = UTF8Check() }

  /// Takes the first byte of a character; false if no character starts with it.
  private mutating func begin(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x01...0x7F: return true
    case 0xC2...0xDF: needed = 1
    case 0xE0: (needed, low) = (2, 0xA0)
    case 0xED: (needed, high) = (2, 0x9F)
    case 0xE1...0xEF: needed = 2
    case 0xF0: (needed, low) = (3, 0x90)
    case 0xF4: (needed, high) = (3, 0x8F)
    case 0xF1...0xF3: needed = 3
    default: return false
    }
    seen = 1
    return true
  }

  /// The first index from `start` on whose byte is not in 0x01…0x7F.
  @inline(__always)
  static func endOfASCII(in bytes: Span<UInt8>, from start: Int) -> Int {
    bytes.first(from: start) { .!$0.isIn(0x01...0x7F) }
  }
}
