import CProcessor

/// The words of a line: what spaces separate, without the spaces, carriage returns and line feeds at its
/// ends.
extension Span<UInt8> {
  /// Calls `body` with the start and end of each word.
  @inline(__always)
  func forEachWord(_ body: (_ start: Int, _ end: Int) -> Void) {
    forEachWord(in: 0..<count, body)
  }

  /// Calls `body` with the start and end of each word of a line that stands within these bytes.
  @inline(__always)
  func forEachWord(in line: Range<Int>, _ body: (_ start: Int, _ end: Int) -> Void) {
    let edges = edges(of: line)
    var start = edges.lowerBound
    var index = start
    while index < edges.upperBound {
      // Of 64 bits one is left for the end of the line.
      let length = Swift.min(63, edges.upperBound &- index)
      var ends = spaces(from: index, count: length)
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

  /// Which of at most 63 bytes are spaces: a bit for each, the first in the lowest place.
  @inline(__always)
  private func spaces(from index: Int, count length: Int) -> UInt64 {
    guard count >= 64 else {
      var bits: UInt64 = 0
      for offset in 0..<length where self[index &+ offset] == 0x20 {
        bits |= 1 &<< UInt64(truncatingIfNeeded: offset)
      }
      return bits
    }
    // Where fewer bytes follow, the block begins before them.
    let begin = Swift.min(index, count &- 64)
    precondition(begin >= 0 && index &+ length <= count, "\(length) bytes at \(index) of \(count)")
    let bits = unsafe bytes.withUnsafeBytes { bytes in
      unsafe places_in_64(bytes.baseAddress?.advanced(by: begin), 0x20)
    }
    let wanted = UInt64.max &>> UInt64(truncatingIfNeeded: 64 &- length)
    return (bits &>> UInt64(truncatingIfNeeded: index &- begin)) & wanted
  }

  /// The line without the spaces, carriage returns and line feeds at its ends.
  var edges: Range<Int> { edges(of: 0..<count) }

  private func edges(of line: Range<Int>) -> Range<Int> {
    var (start, end) = (line.lowerBound, line.upperBound)
    while start < end, Self.isEdge(self[start]) { start += 1 }
    while end > start, Self.isEdge(self[end - 1]) { end -= 1 }
    return start..<end
  }

  private static func isEdge(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D }
}
