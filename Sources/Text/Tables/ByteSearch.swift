/// Finds the next of up to five byte values, eight bytes at a time.
///
/// The word trick is the zero-byte test of Mycroft (1987); the lowest byte it marks is always right.
struct ByteSearch: Sendable {
  private let patterns: (UInt64, UInt64, UInt64, UInt64, UInt64)
  private let values: (UInt8, UInt8, UInt8, UInt8, UInt8)

  /// Searches for the values that are not nil.
  init(_ wanted: [UInt8?]) {
    let distinct = wanted.compactMap(\.self)
    precondition((1...5).contains(distinct.count), "\(distinct.count) values, not 1 to 5")
    let filled = distinct + Array(repeating: distinct[0], count: 5 - distinct.count)
    values = (filled[0], filled[1], filled[2], filled[3], filled[4])
    patterns = (
      Self.ones &* UInt64(filled[0]), Self.ones &* UInt64(filled[1]),
      Self.ones &* UInt64(filled[2]), Self.ones &* UInt64(filled[3]),
      Self.ones &* UInt64(filled[4])
    )
  }

  private static let ones: UInt64 = 0x0101_0101_0101_0101

  /// The index of the first such byte at or after `start`, or the count when there is none.
  @inline(__always)
  func first(in bytes: Span<UInt8>, from start: Int) -> Int {
    precondition(start >= 0, "from \(start)")
    var index = start
    let count = bytes.count
    let raw = unsafe bytes.bytes
    while index &+ 8 <= count {
      let word = unsafe UInt64(
        littleEndian: raw.unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: UInt64.self))
      let found =
        Self.zeros(word ^ patterns.0) | Self.zeros(word ^ patterns.1)
        | Self.zeros(word ^ patterns.2) | Self.zeros(word ^ patterns.3)
        | Self.zeros(word ^ patterns.4)
      if found != 0 { return index &+ found.trailingZeroBitCount / 8 }
      index &+= 8
    }
    while index < count, !matches(bytes[index]) { index &+= 1 }
    return index
  }

  private func matches(_ byte: UInt8) -> Bool {
    byte == values.0 || byte == values.1 || byte == values.2 || byte == values.3
      || byte == values.4
  }

  /// The high bit of each byte that is zero, and perhaps of bytes above the first such.
  @inline(__always)
  private static func zeros(_ word: UInt64) -> UInt64 {
    (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
  }
}
