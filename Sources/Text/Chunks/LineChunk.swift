import Digests

/// Lines of a delimited file that lie together, cut off where their content says.
package struct LineChunk: Sendable {
  /// Neighbouring lines, as many as one thread parses at a time.
  package struct Part: Sendable {
    /// Where they lie in the chunk's bytes.
    let range: Range<Int>
    /// The number of the first line, if all lines before it end in LF.
    let line: Int
  }

  package internal(set) var bytes: [UInt8] = []
  /// All lines, cut where no quotes are open.
  package internal(set) var parts: [Part] = []
  /// Whether the file ends behind it.
  package internal(set) var isLast = false

  /// The digest of the lines, and of what else decides which rows they are.
  ///
  /// - Parameter cores: on how many it may be computed; the digest does not depend on it.
  package func digest(layout: String, cores: Int) -> Digest {
    var hash = BLAKE3()
    hash.update(Array(layout.utf8))
    // Only the last line of a file may have no end.
    hash.update([0, bytes.last == UInt8(ascii: "\n") ? 0 : 1])
    hash.update(bytes.span, cores: cores)
    return hash.finalize()
  }
}

/// Where the lines of a chunk are cut into parts.
struct PartMarks {
  /// About how long a part is.
  let size: Int
  /// The number of the next line, if lines end in LF.
  private(set) var line: Int
  private var parts: [LineChunk.Part] = []
  /// Where the open part begins, and its first line.
  private var start: (place: Int, line: Int)

  init(size: Int, line: Int) {
    self.size = size
    self.line = line
    start = (0, line)
  }

  /// Goes on behind the LF of a line.
  ///
  /// - Parameter mayCut: whether no quotes are open there.
  mutating func endLine(at end: Int, mayCut: Bool) {
    line += 1
    guard mayCut, end - start.place >= size else { return }
    parts.append(LineChunk.Part(range: start.place..<end, line: start.line))
    start = (end, line)
  }

  /// The parts of a chunk that ends here, at least one.
  func parts(upTo end: Int) -> [LineChunk.Part] {
    guard start.place < end || parts.isEmpty else { return parts }
    return parts + [LineChunk.Part(range: start.place..<end, line: start.line)]
  }
}
