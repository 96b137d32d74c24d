/// Lower-casing of thirty-two bytes at a time, for the letters that most texts have.
///
/// Those of ASCII, Latin-1 and Cyrillic, and what has no case: general punctuation and the scripts of
/// East Asia. The lower case of each has as many bytes.
extension ByteBlock {
  /// The bytes in lower case; nil where a byte may be of something else, or the text is not UTF-8.
  ///
  /// - Parameters:
  ///   - before: the bytes before each of these, and `twoBefore` those before them.
  ///   - next: the bytes behind each of these.
  @inline(__always)
  func lowercased(
    behind before: ByteBlock, _ twoBefore: ByteBlock, before next: ByteBlock
  ) -> ByteBlock? {
    let areOfThree = isEqual(to: 0xE2) .& next.isIn(0x80...0x83) .| isIn(0xE3...0xE9)
    let areLeads =
      isIn(0xC2...0xC3) .| isEqual(to: 0xD0) .| isEqual(to: 0xD1) .& next.isIn(0x80...0x9F)
      .| areOfThree
    let goOn =
      before.isIn(0xC2...0xC3) .| before.isIn(0xD0...0xD1) .| before.isIn(0xE2...0xE9)
      .| twoBefore.isIn(0xE2...0xE9)
    let areSound =
      (isIn(0x00...0x7F) .| isIn(0x80...0xBF) .| areLeads) .& .!(goOn .^ isIn(0x80...0xBF))
    guard (.!areSound).firstLane == nil else { return nil }
    let areLatin = before.isEqual(to: 0xC3) .& isIn(0x80...0x9E) .& .!isEqual(to: 0x97)
    let areCyrillic = before.isEqual(to: 0xD0) .& isIn(0x90...0xAF)
    // The two bytes of a letter change, as in Ѐ and Я: from U+0400, and to U+0440.
    let areEarly = before.isEqual(to: 0xD0) .& isIn(0x80...0x8F)
    let areTurned = isEqual(to: 0xD0) .& (next.isIn(0x80...0x8F) .| next.isIn(0xA0...0xAF))
    return flipping(0x20, where: isIn(0x41...0x5A) .| areLatin .| areCyrillic)
      .flipping(0x10, where: areEarly).flipping(0x01, where: areTurned)
  }

  /// The bytes with a bit changed in those that are marked.
  @inline(__always)
  private func flipping(_ bit: UInt8, where marks: ByteMask) -> ByteBlock {
    let bits = unsafe unsafeBitCast(marks, to: SIMD4<UInt64>.self) & 0x0101_0101_0101_0101
    let words = unsafe unsafeBitCast(self, to: SIMD4<UInt64>.self)
    return unsafe unsafeBitCast(words ^ (bits &* UInt64(bit)), to: ByteBlock.self)
  }
}
