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
  private let sizes: ChunkSizes
  private let partSize: Int
  private var rest: [UInt8] = []
  /// The number of the first line in `rest`, if lines end in LF.
  private var nextLine: Int
  private var hasEnded = false
  private var hasGivenLast = false
  /// Why the file cannot be read on.
  private var failure: Diagnostic?
  private let lineFeed = ByteSearch([UInt8(ascii: "\n")])
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
    self.sizes = sizes
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
  package mutating func next() -> LineChunk? {
    var cut = ContentCut(sizes)
    var marks = PartMarks(size: partSize, line: nextLine)
    var isInQuotes = false
    var start = 0
    var searched = 0
    while true {
      let end = lineFeed.first(in: rest.span, from: searched)
      if end < rest.count {
        let ends = isEnd(start..<end, &cut, &isInQuotes)
        start = end + 1
        searched = start
        marks.endLine(at: start, mayCut: !isInQuotes)
        if ends { return take(start, marks) }
      } else if hasEnded {
        guard rest.isEmpty else { return take(rest.count, marks) }
        // Where the end was not known when the last bytes were taken, an empty chunk tells of it.
        return failure != nil || hasGivenLast ? nil : take(0, marks)
      } else if rest.count - start > sizes.most {
        return take(rest.count, marks)
      } else {
        searched = rest.count
        readOn()
      }
    }
  }

  /// Whether a chunk ends behind a line.
  private func isEnd(
    _ line: Range<Int>, _ cut: inout ContentCut, _ isInQuotes: inout Bool
  ) -> Bool {
    let line = rest.span.extracting(line)
    if let quote = reader.rows.quote, line.has(oddly: quote) { isInQuotes.toggle() }
    return cut.endsChunk(line, isAllowed: !isInQuotes)
  }

  private mutating func readOn() {
    do throws(Diagnostic) {
      hasEnded = try reader.takeBytes(into: &rest) == 0
    } catch {
      failure = error
      hasEnded = true
    }
  }

  private mutating func take(_ count: Int, _ marks: PartMarks) -> LineChunk {
    var chunk = LineChunk()
    let behind = Array(rest[count...])
    rest.removeSubrange(count...)
    swap(&chunk.bytes, &rest)
    rest = behind
    chunk.parts = marks.parts(upTo: count)
    nextLine = marks.line
    chunk.isLast = hasEnded && rest.isEmpty
    hasGivenLast = chunk.isLast
    return chunk
  }

  /// Throws what went wrong in the last part that was parsed, or in reading on.
  package func finish() throws(Diagnostic) {
    if let failure = reader.rows.failure ?? failure { throw failure }
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
  /// - Returns: false when what came before ends otherwise than it seemed, so that `rows` must parse it.
  package mutating func accept(_ found: SoundLines.Rows, for part: LineChunk.Part) -> Bool {
    guard isBetweenRecords, line == part.line else { return false }
    reader.rows.skip(lines: found.lineCount)
    return true
  }

  /// Parses the next part.
  ///
  /// - Returns: the rows before a failure, which the next call throws.
  package mutating func rows(
    of part: LineChunk.Part, in chunk: LineChunk
  ) throws(Diagnostic) -> [RowBatch] {
    if let failure = reader.rows.failure { throw failure }
    var batches: [RowBatch] = []
    // In pieces, since how long a record may be is looked at behind each.
    for start in stride(from: part.range.lowerBound, to: part.range.upperBound, by: partSize)
    where reader.rows.failure == nil {
      let end = min(start + partSize, part.range.upperBound)
      batches.append(reader.rows.rows(of: chunk.bytes[start..<end]))
    }
    let isEnd = chunk.isLast && part.range.upperBound == chunk.bytes.count
    if isEnd, failure == nil, reader.rows.failure == nil {
      batches.append(reader.rows.rows(of: []))
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
