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
        index = Self.endOfASCII(in: bytes, from: index)
        guard index < bytes.count else { return nil }
        if Self.isPair(at: index, in: bytes) {
          index &+= 2
          continue
        }
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

  /// Whether a whole character of two bytes begins here, as most beyond ASCII do in Europe.
  @inline(__always)
  private static func isPair(at index: Int, in bytes: Span<UInt8>) -> Bool {
    index &+ 1 < bytes.count && bytes[index] &- 0xC2 < 0x1E && bytes[index &+ 1] & 0xC0 == 0x80
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
