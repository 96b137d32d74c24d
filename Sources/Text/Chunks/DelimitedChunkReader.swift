import Diagnostics
import Digests

/// A CSV or TSV file as chunks of whole lines that are cut by their content, and their rows.
///
/// The header is read first, and is in no chunk. A chunk is cut where its quotes are closed; where that
/// is no end of a record after all, the next chunk goes on in the middle of one.
///
/// Chunks may be read ahead of those that are parsed, and their parts parsed out of turn by `lines`.
/// What that gives is used part after part; where it gives nothing, or what came before ends otherwise
/// than it seemed, a part is parsed in turn. So rows and errors are those of parsing all in turn.
package struct DelimitedChunkReader<Source: ByteSource & ~Copyable>: ~Copyable {
  private var reader: DelimitedReader<Source>
  private var cutter: LineCutter
  /// About how many bytes are parsed at a time.
  package let partSize: Int
  /// The number of the next chunk's first line, if lines end in LF.
  private var nextLine: Int
  /// What parses parts out of turn.
  package let lines: SoundLines

  /// - Parameters:
  ///   - reader: one that stopped early.
  ///   - partSize: about how many bytes are parsed at a time.
  package init(
    _ reader: consuming DelimitedReader<Source>, sizes: ChunkSizes, partSize: Int = 256 << 10
  ) {
    lines = SoundLines(reader.rows)
    nextLine = reader.rows.line
    self.reader = reader
    cutter = LineCutter(sizes, longestLine: sizes.most)
    self.partSize = partSize
  }

  /// Looks at where the bytes come from.
  package func source<Seen>(_ look: (borrowing Source) -> Seen) -> Seen { look(reader.source) }

  /// The records left out so far under `MalformedRows.skip`.
  package var skipped: SkippedRows { reader.skipped }

  /// The quoted fields so far that look as if they held rows.
  package var missingQuotes: MissingQuotes { reader.missingQuotes }

  /// The rows that were read with the header, once.
  package mutating func takeFirst() -> RowBatch? { reader.takeFirst() }

  /// The next chunk; nil at the end, and where the file cannot be read on, which `finish` tells.
  package mutating func next() -> DelimitedChunk? {
    var marks = PartMarks(size: partSize, line: nextLine)
    var isInQuotes = false
    let quote = reader.rows.quote
    let lines = try? cutter.next(from: &reader) { line, cut in
      if let quote, !line.count(of: quote).isMultiple(of: 2) { isInQuotes.toggle() }
      marks.endLine(of: line.count + 1, mayCut: !isInQuotes)
      return cut.endsChunk(line, isAllowed: !isInQuotes)
    }
    nextLine = marks.line
    return lines.map { DelimitedChunk(lines: $0, parts: marks.parts(upTo: $0.bytes.count)) }
  }

  /// Throws what went wrong in the last part that was parsed, or in reading on.
  package func finish() throws(Diagnostic) {
    if let failure = reader.rows.failure ?? cutter.failure { throw failure }
  }
}

/// Parsing, part after part.
extension DelimitedChunkReader where Source: ~Copyable {
  /// Whether the next part begins with a record, so that its rows do not depend on what came before.
  package var isBetweenRecords: Bool { reader.rows.isBetweenRecords }

  /// The line of the file at which the next part begins.
  package var line: Int { reader.rows.line }

  /// How many records were left out or look as if they were several.
  package var oddityCount: Int { reader.rows.oddityCount }

  /// How the file is read, as far as its own beginning decides.
  package var layoutText: String { reader.rows.layoutText }

  /// Passes over a chunk whose rows are known.
  package mutating func skip(lines count: Int) { reader.rows.skip(lines: count) }

  /// Takes what `lines` found for the next part, and goes on behind it.
  ///
  /// - Parameter count: how many lines that was read from.
  /// - Returns: false when what came before ends otherwise than it seemed, so that `rows` must parse it.
  package mutating func accept(lines count: Int, for part: DelimitedChunk.Part) -> Bool {
    guard isBetweenRecords, line == part.line else { return false }
    reader.rows.skip(lines: count)
    return true
  }

  /// Parses the next part.
  ///
  /// - Returns: the rows before a failure, which the next call throws.
  package mutating func rows(
    of part: DelimitedChunk.Part, in chunk: DelimitedChunk
  ) throws(Diagnostic) -> [RowBatch] {
    if let failure = reader.rows.failure { throw failure }
    let bytes = chunk.lines.bytes
    var batches: [RowBatch] = []
    // In pieces, since how long a record may be is looked at behind each.
    for start in stride(from: part.range.lowerBound, to: part.range.upperBound, by: partSize)
    where reader.rows.failure == nil {
      let end = min(start + partSize, part.range.upperBound)
      batches.append(reader.rows.rows(of: bytes[start..<end]))
    }
    let isEnd = chunk.lines.isLast && part.range.upperBound == bytes.count
    if isEnd, cutter.failure == nil, reader.rows.failure == nil {
      batches.append(reader.rows.rows(of: []))
    }
    return batches.filter { !$0.isEmpty }
  }
}
