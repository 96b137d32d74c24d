import Chains
import Cores
import Diagnostics
import Digests
import Files
import Pipelines
import Text

/// CSV and TSV, whose chunks are parsed part by part on several cores while others are read and written.
extension LoadedTable {
  /// So many parts wait to be parsed while the next chunk is read; fewer where rows are longer than
  /// parts should be.
  private static let partsAhead = 48

  /// Writes the rows of a file, of chunks that are known what an earlier run made of them.
  ///
  /// - Parameter number: the file's in origins.
  /// - Returns: whether all was read.
  mutating func append(
    _ chunks: inout DelimitedChunkReader<Decoder<InputFile>>, number: Int
  ) throws(Diagnostic) -> Bool {
    let (lines, columns, staysRows) = (chunks.lines, columns, !labels.areKept)
    var parsing = OrderedMaking<LoadedPart, LoadedPart, Never>(
      cores: work.cores, ahead: Self.partsAhead, usualWeight: chunks.partSize
    ) { part in
      part.parsed(by: lines, columns, staysRows: staysRows)
    }
    var waiting: ArraySlice<LoadedPart> = []
    var piece = LoadedPiece(chunks, number)
    while true {
      while !parsing.isFull, !work.shouldStop {
        if waiting.isEmpty, let chunk = chunks.next() { waiting = parts(of: chunk, chunks)[...] }
        // No more than one known chunk is under way, as it is long.
        guard parsing.isEmpty || waiting.first?.isKnown != true, let part = waiting.popFirst()
        else { break }
        parsing.start(part, weight: part.byteCount)
      }
      guard let loaded = parsing.takeNext() else { break }
      if loaded.isFirst { piece = LoadedPiece(chunks, number) }
      if loaded.isKnown, let known = piece.identity(loaded.content),
        let note = try writer.copy(known)
      {
        chunks.skip(lines: note.lineCount)
        continue
      }
      for part in loaded.parts {
        piece.rowCount += try write(part, loaded, &chunks)
      }
      guard loaded.isLast else { continue }
      try writer.end(
        piece.isSound(chunks) ? piece.identity(loaded.content) : nil, readCount: piece.rowCount,
        lineCount: chunks.line - piece.start.line)
      pace.report(rows: writer.rowCount, chunks.source { $0.source.progress })
    }
    guard !work.shouldStop else { return false }
    try chunks.finish()
    return true
  }

  /// The parts of a chunk; one that is known is a single part.
  private func parts(
    of chunk: DelimitedChunk, _ chunks: borrowing DelimitedChunkReader<Decoder<InputFile>>
  ) -> [LoadedPart] {
    var content: Digest?
    var isKnown = false
    if !chunk.lines.bytes.isEmpty {
      let digest = chunk.lines.digest(layout: chunks.layoutText, cores: work.cores)
      isKnown = writer.knows(digest)
      content = digest
    }
    let places = isKnown ? [chunk.parts.indices] : chunk.parts.indices.map { $0..<$0 + 1 }
    return places.map { LoadedPart(of: chunk, content, isKnown: isKnown, parts: chunk.parts[$0]) }
  }

  /// Writes a part as it was read out of turn, or reads it now; returns how many rows it has.
  private mutating func write(
    _ part: DelimitedChunk.Part, _ loaded: LoadedPart,
    _ chunks: inout DelimitedChunkReader<Decoder<InputFile>>
  ) throws(Diagnostic) -> Int {
    guard let found = loaded.found, chunks.accept(lines: found.lineCount, for: part) else {
      var rows: [RowBatch] = []
      for batch in try chunks.rows(of: part, in: loaded.chunk) { rows.append(try changed(batch)) }
      try writer.write(rows)
      return rows.reduce(0) { $0 + $1.count }
    }
    switch found.rows {
    case .batch(let rows):
      try writer.write([try relabelled(rows)])
      return rows.count
    case .text(let lines, let count):
      try writer.write(lines, rows: count)
      return count
    }
  }
}

/// The rows that were read of a part out of turn, with the columns of the table, in the form that is
/// wanted next: what waits to be written is not kept in both.
private enum FoundRows: Sendable {
  case batch(RowBatch)
  /// The lines of the table, where nothing is done to the rows any more.
  case text([UInt8], rowCount: Int)
}

/// A part of a chunk of a file, and what was read of it out of turn.
private struct LoadedPart: Sendable {
  let chunk: DelimitedChunk
  let content: Digest?
  /// Whether an earlier run has read the chunk.
  let isKnown: Bool
  /// The part, or all of a known chunk.
  let parts: ArraySlice<DelimitedChunk.Part>
  /// What was read of the part, and of how many lines; nil where it must be read in turn.
  private(set) var found: (rows: FoundRows, lineCount: Int)?

  var byteCount: Int { parts.reduce(0) { $0 + $1.byteCount } }
  var isFirst: Bool { parts.startIndex == 0 }
  var isLast: Bool { parts.endIndex == chunk.parts.count }

  init(
    of chunk: DelimitedChunk, _ content: Digest?, isKnown: Bool,
    parts: ArraySlice<DelimitedChunk.Part>
  ) {
    self.chunk = chunk
    self.content = content
    self.isKnown = isKnown
    self.parts = parts
  }

  /// The part with what can be read of it out of turn.
  ///
  /// - Parameter staysRows: whether something is to be done to the rows.
  func parsed(by lines: SoundLines, _ columns: LoadColumns, staysRows: Bool) -> LoadedPart {
    guard !isKnown, let part = parts.first else { return self }
    var parsed = self
    if !staysRows, !columns.areJoined, let text = lines.text(of: part, in: chunk) {
      parsed.found = (.text(text.lines, rowCount: text.rowCount), text.lineCount)
      return parsed
    }
    guard let found = lines.rows(of: part, in: chunk) else { return self }
    let batch = columns.joined(found.batch)
    if staysRows {
      parsed.found = (.batch(batch), found.lineCount)
    } else {
      var text: [UInt8] = []
      TableText.append(batch, to: &text)
      parsed.found = (.text(text, rowCount: batch.count), found.lineCount)
    }
    return parsed
  }
}

/// What was read of a chunk so far.
private struct LoadedPiece {
  let start: Origin
  var rowCount = 0
  private let beginsWithRecord: Bool
  private let oddityCount: Int

  init(_ chunks: borrowing DelimitedChunkReader<Decoder<InputFile>>, _ number: Int) {
    start = Origin(file: number, line: chunks.line)
    beginsWithRecord = chunks.isBetweenRecords
    oddityCount = chunks.oddityCount
  }

  /// By what its rows are known; nil where they depend on what came before them.
  func identity(_ content: Digest?) -> ChunkIdentity? {
    guard beginsWithRecord else { return nil }
    return content.map { ChunkIdentity($0, startingAt: start) }
  }

  /// Whether it ends with a record and gave nothing but rows: nothing that is counted, warned of or wrong.
  func isSound(_ chunks: borrowing DelimitedChunkReader<Decoder<InputFile>>) -> Bool {
    chunks.isBetweenRecords && chunks.oddityCount == oddityCount
  }
}
