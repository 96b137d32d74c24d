import Digests
import HostileInputs

/// The rows of chunks of files that were read before, by the digests of the chunks.
struct KnownRows {
  private struct Chunk {
    let fields: [[String]]
    /// The lines of the rows, counted from the chunk's first.
    let lines: [Int]
    let lineCount: Int
  }

  private var chunks: [Digest: Chunk] = [:]

  /// How many chunks are known.
  var count: Int { chunks.count }

  /// Remembers the rows of a chunk.
  ///
  /// - Parameter lines: from the chunk's first to that behind its last.
  mutating func add(_ rows: Rows, of digest: Digest, lines: Range<Int>) {
    chunks[digest] = Chunk(
      fields: rows.fields,
      lines: rows.origins.compactMap { Int($0) }.map { $0 - lines.lowerBound },
      lineCount: lines.count)
  }

  /// Adds the rows of a chunk that begins at a line to others.
  ///
  /// - Returns: how many lines it has; nil when it is not known.
  func append(_ digest: Digest, at line: Int, to rows: inout Rows) -> Int? {
    guard let chunk = chunks[digest] else { return nil }
    rows.fields += chunk.fields
    rows.origins += chunk.lines.map { "\($0 + line)" }
    return chunk.lineCount
  }
}
