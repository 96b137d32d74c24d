import CProcessor

/// Bytes in blocks: eight as one number, and thirty-two looked at together.
extension Span<UInt8> {
  /// The eight bytes from an index on, the first in the lowest place.
  @inline(__always)
  func word(at index: Int) -> UInt64 {
    precondition(index >= 0 && index &+ 8 <= count, "8 bytes at \(index) of \(count)")
    return unsafe UInt64(
      littleEndian: bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: UInt64.self))
  }

  /// The first eight bytes of a part of these, or all it has, as one number with zeros above.
  @inline(__always)
  package func head(of part: Range<Int>) -> UInt64 {
    guard part.lowerBound &+ 8 <= count else { return extracting(part).shortWord }
    let word = word(at: part.lowerBound)
    let length = UInt64(truncatingIfNeeded: part.count)
    return length < 8 ? word & ~(UInt64.max &<< (8 &* length)) : word
  }

  /// Up to eight bytes as one number with zeros above.
  private var shortWord: UInt64 {
    var word: UInt64 = 0
    for index in 0..<Swift.min(count, 8) { word |= UInt64(self[index]) << UInt64(8 &* index) }
    return word
  }

  /// Whether the bytes are the same as others.
  package func equals(_ other: Span<UInt8>) -> Bool {
    guard count == other.count else { return false }
    var index = 0
    while index < count {
      guard head(of: index..<count) == other.head(of: index..<count) else { return false }
      index &+= 8
    }
    return true
  }

  /// The index of the first byte that is wanted at or after `start`, or the count when there is none.
  ///
  /// - Parameter isWanted: looks at the bytes of a block side by side.
  @inline(__always)
  package func first(from start: Int, where isWanted: (ByteBlock) -> ByteMask) -> Int {
    first(from: start, upTo: count) {
      isWanted(block(at: $0))
    } short: {
      isWanted(shortBlock(at: $0))
    }
  }

  /// The index of the first byte at or after `start` that is wanted for itself and the byte behind it.
  ///
  /// That of the last byte, which has none behind it, when there is none.
  ///
  /// - Parameter isWanted: looks at the bytes of a block side by side, and at those behind each.
  @inline(__always)
  package func firstPair(from start: Int, where isWanted: (ByteBlock, ByteBlock) -> ByteMask) -> Int
  {
    first(from: start, upTo: Swift.max(start, count &- 1)) {
      isWanted(block(at: $0), block(at: $0 &+ 1))
    } short: {
      isWanted(shortBlock(at: $0), shortBlock(at: $0 &+ 1))
    }
  }

  /// How often a byte occurs.
  package func count(of byte: UInt8) -> Int {
    var (found, index) = (0, 0)
    while index &+ 32 <= count {
      // One sum for each place in a block, as long as it fits a byte.
      var sums = SIMD4<UInt64>.zero
      let end = Swift.min(count, index &+ 255 &* 32)
      while index &+ 32 <= end {
        sums &+= block(at: index).isEqual(to: byte).ones
        index &+= 32
      }
      for place in 0..<4 {
        for shift in 0..<UInt64(8) {
          found &+= Int(truncatingIfNeeded: sums[place] &>> (8 &* shift) & 0xFF)
        }
      }
    }
    while index < count {
      if self[index] == byte { found &+= 1 }
      index &+= 1
    }
    return found
  }

  /// The index of the first byte of a range that a mask marks, or the range's end.
  ///
  /// - Parameters:
  ///   - marks: the mask of the thirty-two bytes from an index on, which are in the range.
  ///   - short: the mask from an index on, where fewer follow and come before; the rest does not matter.
  @inline(__always)
  private func first(
    from start: Int, upTo end: Int, _ marks: (Int) -> ByteMask, short: (Int) -> ByteMask
  ) -> Int {
    precondition(start >= 0, "from \(start)")
    var index = start
    while index &+ 32 <= end {
      if let lane = marks(index).firstLane { return index &+ lane }
      index &+= 32
    }
    guard index < end else { return end }
    // The last block begins before bytes that were looked at, where there are so many.
    let isLong = end >= 32
    let begin = isLong ? end &- 32 : index
    let bits = (isLong ? marks(begin) : short(begin)).bits
    let rest = bits &>> UInt32(truncatingIfNeeded: index &- begin)
    return Swift.min(end, index &+ rest.trailingZeroBitCount)
  }

  /// The thirty-two bytes from an index on.
  @inline(__always)
  func block(at index: Int) -> ByteBlock {
    precondition(index >= 0 && index &+ 32 <= count, "32 bytes at \(index) of \(count)")
    return unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: ByteBlock.self)
  }

  /// Up to thirty-two bytes with zeros behind them.
  private func shortBlock(at start: Int) -> ByteBlock {
    var block = ByteBlock.zero
    for index in start..<Swift.max(start, Swift.min(count, start &+ 32)) {
      block[index &- start] = self[index]
    }
    return block
  }
}

/// Thirty-two bytes that are looked at side by side.
package typealias ByteBlock = SIMD32<UInt8>

/// Comparisons of all bytes, which are one instruction each where both sides are vectors: Swift does
/// arithmetic of bytes, and comparisons with one number, a byte at a time.
extension ByteBlock {
  /// The bytes of this value.
  @inline(__always)
  package func isEqual(to value: UInt8) -> ByteMask { self .== ByteBlock(repeating: value) }

  /// The bytes in a range.
  @inline(__always)
  package func isIn(_ range: ClosedRange<UInt8>) -> ByteMask {
    (self .>= ByteBlock(repeating: range.lowerBound))
      .& (self .<= ByteBlock(repeating: range.upperBound))
  }
}

/// Marks of the bytes of a block.
package typealias ByteMask = SIMDMask<SIMD32<Int8>>

extension ByteMask {
  /// The place of the first byte that is marked.
  @inline(__always)
  var firstLane: Int? {
    let bits = bits
    return bits == 0 ? nil : bits.trailingZeroBitCount
  }

  /// A byte of 1 for each that is marked, and of 0 for the others.
  @inline(__always)
  var ones: SIMD4<UInt64> {
    unsafe unsafeBitCast(self, to: SIMD4<UInt64>.self) & 0x0101_0101_0101_0101
  }

  /// A bit for each byte, the first in the lowest place.
  @inline(__always)
  var bits: UInt32 { unsafe withUnsafeBytes(of: self) { unsafe marks_of_32($0.baseAddress) } }
}

extension [UInt8] {
  /// Appends bytes in one piece.
  @inline(__always)
  mutating func append(copying bytes: Span<UInt8>) {
    unsafe bytes.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
  }
}
