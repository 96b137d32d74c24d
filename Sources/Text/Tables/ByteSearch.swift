/// Finds the next of up to five byte values, thirty-two bytes at a time.
///
/// The last few bytes go eight at a time by the zero-byte test of Mycroft (1987); the lowest byte that it
/// marks is always right.
struct ByteSearch: Sendable {
  private let blocks: (ByteBlock, ByteBlock, ByteBlock, ByteBlock, ByteBlock)
  /// Whether one value is searched for, as most searches do.
  private let isSingle: Bool

  /// Searches for the values that are not nil.
  init(_ wanted: [UInt8?]) {
    let distinct = wanted.compactMap(\.self)
    precondition((1...5).contains(distinct.count), "\(distinct.count) values, not 1 to 5")
    isSingle = distinct.count == 1
    let filled = distinct + Array(repeating: distinct[0], count: 5 - distinct.count)
    blocks = (
      ByteBlock(repeating: filled[0]), ByteBlock(repeating: filled[1]),
      ByteBlock(repeating: filled[2]),
      ByteBlock(repeating: filled[3]), ByteBlock(repeating: filled[4])
    )
  }

  /// The index of the first such byte at or after `start`, or the count when there is none.
  @inline(__always)
  func first(in bytes: Span<UInt8>, from start: Int) -> Int {
    precondition(start >= 0, "from \(start)")
    var index = start
    let count = bytes.count
    let raw = unsafe bytes.bytes
    while index &+ 32 <= count {
      let block = unsafe raw.unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: ByteBlock.self)
      var found = block .== blocks.0
      if !isSingle {
        found =
          found .| (block .== blocks.1) .| (block .== blocks.2) .| (block .== blocks.3)
          .| (block .== blocks.4)
      }
      if let lane = found.firstLane { return index &+ lane }
      index &+= 32
    }
    while index &+ 8 <= count {
      let word = unsafe UInt64(
        littleEndian: raw.unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: UInt64.self))
      let found =
        Self.places(of: blocks.0, in: word) | Self.places(of: blocks.1, in: word)
        | Self.places(of: blocks.2, in: word) | Self.places(of: blocks.3, in: word)
        | Self.places(of: blocks.4, in: word)
      if found != 0 { return index &+ found.trailingZeroBitCount / 8 }
      index &+= 8
    }
    while index < count, !matches(bytes[index]) { index &+= 1 }
    return index
  }

  private func matches(_ byte: UInt8) -> Bool {
    byte == blocks.0[0] || byte == blocks.1[0] || byte == blocks.2[0] || byte == blocks.3[0]
      || byte == blocks.4[0]
  }

  /// The high bit of each byte that is the block's, and perhaps of bytes above the first such.
  @inline(__always)
  private static func places(of block: ByteBlock, in word: UInt64) -> UInt64 {
    let rest = unsafe word ^ unsafeBitCast(block, to: SIMD4<UInt64>.self)[0]
    return (rest &- 0x0101_0101_0101_0101) & ~rest & 0x8080_8080_8080_8080
  }
}
