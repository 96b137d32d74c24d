/// Lines of a delimited file that lie together, cut off where their content says, with places to parse
/// them from.
package struct DelimitedChunk: Sendable {
  /// Neighbouring lines, as many as one thread parses at a time.
  package struct Part: Sendable {
    /// Where they lie in the chunk's bytes.
    let range: Range<Int>
    /// The number of the first line, if all lines before it end in LF.
    let line: Int

    /// How long they are.
    package var byteCount: Int { range.count }
  }

  package let lines: LineChunk
  /// All lines, cut where no quotes are open; at least one part.
  package let parts: [Part]
}

/// Where the lines of a chunk are cut into parts.
struct PartMarks {
  /// About how long a part is.
  private let size: Int
  /// The number of the next line, if lines end in LF.
  private(set) var line: Int
  /// Where the next line begins.
  private var place = 0
  private var parts: [DelimitedChunk.Part] = []
  /// Where the open part begins, and its first line.
  private var start: (place: Int, line: Int)

  init(size: Int, line: Int) {
    self.size = size
    self.line = line
    start = (0, line)
  }

  /// Goes on behind a line.
  ///
  /// - Parameters:
  ///   - length: how many bytes it has with its LF.
  ///   - mayCut: whether no quotes are open behind it.
  mutating func endLine(of length: Int, mayCut: Bool) {
    place += length
    line += 1
    guard mayCut, place - start.place >= size else { return }
    parts.append(DelimitedChunk.Part(range: start.place..<place, line: start.line))
    start = (place, line)
  }

  /// The parts of a chunk of so many bytes, at least one.
  func parts(upTo end: Int) -> [DelimitedChunk.Part] {
    guard start.place < end || parts.isEmpty else { return parts }
    return parts + [DelimitedChunk.Part(range: start.place..<end, line: start.line)]
  }
}
