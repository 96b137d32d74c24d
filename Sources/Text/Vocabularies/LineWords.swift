/// The words of a line: what spaces separate, without the spaces, carriage returns and line feeds at its
/// ends.
extension Span<UInt8> {
  /// Calls `body` with the start and end of each word.
  @inline(__always)
  func forEachWord(_ body: (_ start: Int, _ end: Int) -> Void) {
    let edges = edges
    var start = edges.lowerBound
    var index = start
    while index < edges.upperBound {
      let length = Swift.min(32, edges.upperBound &- index)
      var ends = UInt64(spaces(from: index, count: length))
      index &+= length
      // The line ends as if a space followed.
      if index == edges.upperBound { ends |= 1 &<< UInt64(truncatingIfNeeded: length) }
      while ends != 0 {
        let end = index &- length &+ ends.trailingZeroBitCount
        if end > start { body(start, end) }
        start = end &+ 1
        ends &= ends &- 1
      }
    }
  }

  /// Which of at most 32 bytes are spaces: a bit for each, the first in the lowest place.
  @inline(__always)
  private func spaces(from index: Int, count length: Int) -> UInt32 {
    guard count >= 32 else {
      var bits: UInt32 = 0
      for offset in 0..<length where self[index &+ offset] == 0x20 {
        bits |= 1 &<< UInt32(truncatingIfNeeded: offset)
      }
      return bits
    }
    // Where fewer bytes follow, the block begins before them.
    let begin = Swift.min(index, count &- 32)
    precondition(begin >= 0 && index &+ length <= count, "\(length) bytes at \(index) of \(count)")
    let block = unsafe bytes.unsafeLoadUnaligned(
      fromUncheckedByteOffset: begin, as: ByteBlock.self)
    let bits = block.isEqual(to: 0x20).bits
    let wanted = UInt32.max &>> UInt32(truncatingIfNeeded: 32 &- length)
    return (bits &>> UInt32(truncatingIfNeeded: index &- begin)) & wanted
  }

  /// The line without the spaces, carriage returns and line feeds at its ends.
  var edges: Range<Int> {
    var start = 0
    while start < count, Self.isEdge(self[start]) { start += 1 }
    var end = count
    while end > start, Self.isEdge(self[end - 1]) { end -= 1 }
    return start..<end
  }

  private static func isEdge(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D }
}
