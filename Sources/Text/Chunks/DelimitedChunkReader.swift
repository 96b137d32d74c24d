import Diagnostics
import Digests

/// A CSV or TSV file as chunks of whole lines that are cut by their content, and their rows.
///
/// The header is read first, and is in no chunk. A chunk is cut where its quotes are closed; where that
/// is no end of a record after all, the next chunk goes on in the middle of one.
package struct DelimitedChunkReader<Source: ByteSource & ~Copyable>: RowChunkReader, ~Copyable {
  /// How many bytes are parsed at a time.
  private static var pieceSize: Int { 256 << 10 }

  /// What parses the chunks.
  package private(set) var reader: DelimitedReader<Source>
  private var cutter: LineCutter
  /// Whether the chunk that was parsed last ends with a record and gave nothing but rows: nothing that
  /// is counted, warned of or wrong.
  package private(set) var gaveRowsOnly = false

  /// - Parameter reader: one that stopped early.
  package init(_ reader: consuming DelimitedReader<Source>, sizes: ChunkSizes) {
    self.reader = reader
    cutter = LineCutter(sizes, longestLine: sizes.most)
  }

  /// The rows that were read with the header, once.
  package mutating func takeFirst() -> RowBatch? { reader.takeFirst() }

  /// The next chunk; nil at the end.
  ///
  /// - Throws: what went wrong in the chunk before, or in reading on.
  package mutating func next() throws(Diagnostic) -> LineChunk? {
    if let failure = reader.pendingFailure { throw failure }
    let quote = reader.quote
    var isInQuotes = !reader.isBetweenRecords
    return try cutter.next(from: &reader) { line, cut in
      if let quote, line.has(oddly: quote) { isInQuotes.toggle() }
      return cut.endsChunk(line, isAllowed: !isInQuotes)
    }
  }

  /// Whether a chunk begins with a record here, so that its rows do not depend on what came before.
  package var isBetweenRecords: Bool { reader.isBetweenRecords }

  /// The line of the file at which the next chunk begins.
  package var line: Int { reader.line }

  /// How the file is read, as far as its own beginning decides.
  package var layoutText: String { reader.layoutText }

  /// Passes over a chunk whose rows are known.
  package mutating func skip(lines count: Int) { reader.skip(lines: count) }

  /// Parses a chunk.
  ///
  /// - Returns: the rows before a failure, which the next call throws.
  package mutating func rows(of chunk: LineChunk) throws(Diagnostic) -> [RowBatch] {
    let before = reader.oddityCount
    defer { gaveRowsOnly = reader.isBetweenRecords && reader.oddityCount == before }
    var batches: [RowBatch] = []
    // In pieces, since how long a record may be is looked at behind each.
    for start in stride(from: 0, to: chunk.bytes.count, by: Self.pieceSize)
    where reader.pendingFailure == nil {
      let end = min(start + Self.pieceSize, chunk.bytes.count)
      batches.append(try reader.parse(Array(chunk.bytes[start..<end])))
    }
    if chunk.isLast, cutter.failure == nil, reader.pendingFailure == nil {
      batches.append(try reader.parse([]))
    }
    return batches.filter { !$0.isEmpty }
  }
}

extension Span<UInt8> {
  /// Whether a byte occurs an odd number of times.
  fileprivate func has(oddly byte: UInt8) -> Bool {
    var count: UInt8 = 0
    for index in indices where self[index] == byte { count &+= 1 }
    return count & 1 == 1
  }
}
