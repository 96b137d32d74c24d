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
    let length = UInt64(truncatingIfNeeded: Swift.min(part.count, 8))
    return word(at: part.lowerBound) & (UInt64.max >> (64 &- 8 &* length))
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
  /// - Parameter isWanted: 1 or 0, without branches, so that a block's bytes are looked at side by side.
  @inline(__always)
  package func first(from start: Int, where isWanted: (UInt8) -> UInt8) -> Int {
    let index = firstPair(from: start) { byte, _ in isWanted(byte) }
    return index &+ 1 == count && isWanted(self[index]) == 0 ? count : index
  }

  /// The index of the first byte at or after `start` that is wanted for itself and the byte behind it.
  ///
  /// That of the last byte, which has none behind it, when there is none.
  ///
  /// - Parameter isWanted: 1 or 0, without branches, so that a block's bytes are looked at side by side.
  @inline(__always)
  package func firstPair(from start: Int, where isWanted: (UInt8, UInt8) -> UInt8) -> Int {
    precondition(start >= 0, "from \(start)")
    var index = start
    let raw = unsafe bytes
    while index &+ 32 < count {
      var found: UInt32 = 0
      for offset in 0..<32 {
        let place = index &+ offset
        let byte = unsafe raw.unsafeLoad(fromUncheckedByteOffset: place, as: UInt8.self)
        let next = unsafe raw.unsafeLoad(fromUncheckedByteOffset: place &+ 1, as: UInt8.self)
        found |= UInt32(isWanted(byte, next)) &<< UInt32(truncatingIfNeeded: offset)
      }
      if found != 0 { return index &+ found.trailingZeroBitCount }
      index &+= 32
    }
    while index &+ 1 < count, isWanted(self[index], self[index &+ 1]) == 0 { index &+= 1 }
    return index
  }
}

extension [UInt8] {
  /// Appends bytes in one piece.
  @inline(__always)
  mutating func append(copying bytes: Span<UInt8>) {
    unsafe bytes.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
  }
}
