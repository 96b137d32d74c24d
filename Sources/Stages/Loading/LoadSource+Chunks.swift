import Artifacts
import Chains
import Cores
import Diagnostics
import Digests
import Files
import Pipelines
import Text

/// CSV and TSV in chunks, of which those that an earlier run has read are not parsed again.
extension LoadSource {
  /// Whether its files are read in chunks.
  var isDelimited: Bool { parallel.isEmpty && classes.isEmpty && format.isDelimited }

  /// The lines of the key that name its files.
  var lineNames: Set<String> { Set(parts.flatMap(\.files).map(\.name)) }

  /// Reads the files of one part in turn and writes the rows of the chosen columns.
  ///
  /// - Parameter change: what becomes of the rows of each batch, in turn; it depends on the row alone.
  ///   Nil for nothing.
  /// - Returns: whether all was read.
  func loadChunks(
    part: Int, _ columns: LoadColumns, _ counts: inout LoadCounts,
    into writer: inout TablePieceWriter, for work: StageWork,
    _ change: ((RowBatch) throws(Diagnostic) -> RowBatch)?
  ) throws(Diagnostic) -> Bool {
    let before = parts[..<part].reduce(0) { $0 + $1.files.count }
    for (index, file) in parts[part].files.enumerated() {
      let number = before + index + 1
      var chunks = DelimitedChunkReader(
        try delimitedReader(file.path, number, columns, stopsEarly: true),
        sizes: work.store.chunkSizes)
      if let first = chunks.takeFirst(), !first.isEmpty {
        let rows = columns.joined(first)
        try writer.append(change?(rows) ?? rows)
      }
      guard try load(&chunks, number, columns, into: &writer, for: work, change) else {
        return false
      }
      counts.add(chunks.skipped, replacements: chunks.source { $0.replacements })
      counts.add(chunks.missingQuotes, in: file.path)
    }
    return true
  }

  /// Writes the rows of a file's chunks, which are parsed on several cores.
  private func load(
    _ chunks: inout DelimitedChunkReader<Decoder<InputFile>>, _ number: Int,
    _ columns: LoadColumns, into writer: inout TablePieceWriter, for work: StageWork,
    _ change: ((RowBatch) throws(Diagnostic) -> RowBatch)?
  ) throws(Diagnostic) -> Bool {
    let (lines, staysRows) = (chunks.lines, change != nil)
    var parsing = OrderedWork<LoadedPart, LoadedPart, Never>(cores: work.cores) { part in
      part.parsed(by: lines, columns, staysRows: staysRows)
    }
    var waiting: ArraySlice<LoadedPart> = []
    var piece = LoadedPiece(chunks, file: number)
    let pace = RowProgress(of: work)
    while true {
      while !parsing.isFull, !work.shouldStop {
        if waiting.isEmpty, let chunk = chunks.next() {
          var content: Digest?
          if writer.remembers, !chunk.bytes.isEmpty {
            content = chunk.digest(layout: chunks.layoutText, cores: work.cores)
          }
          waiting = LoadedPart.parts(of: chunk, content, isKnown: writer.knows(content))[...]
        }
        guard let part = waiting.popFirst() else { break }
        parsing.start(part)
      }
      guard let loaded = parsing.takeNext() else { break }
      if loaded.isFirst { piece = LoadedPiece(chunks, file: number) }
      if let content = loaded.knownContent, chunks.isBetweenRecords,
        let note = try writer.copy(content, startingAt: piece.start)
      {
        chunks.skip(lines: note.lineCount)
        continue
      }
      for part in loaded.parts {
        let rows = try rows(of: part, loaded, &chunks, columns, change)
        piece.rowCount += rows.count
        try writer.write(rows.text)
      }
      guard loaded.isLast else { continue }
      writer.endPiece(of: piece.isSound(chunks) ? loaded.content : nil, piece.note(chunks))
      pace.report(rows: writer.rowCount, chunks.source { $0.source.progress })
    }
    guard !work.shouldStop else { return false }
    try chunks.finish()
    return true
  }

  /// How many rows a part has, and their text: as found out of turn, or parsed now.
  private func rows(
    of part: LineChunk.Part, _ loaded: LoadedPart,
    _ chunks: inout DelimitedChunkReader<Decoder<InputFile>>, _ columns: LoadColumns,
    _ change: ((RowBatch) throws(Diagnostic) -> RowBatch)?
  ) throws(Diagnostic) -> (count: Int, text: [UInt8]) {
    var batches: [RowBatch] = []
    if let found = loaded.found, chunks.accept(found, for: part) {
      guard change != nil else { return (found.batch.count, loaded.text) }
      batches = [found.batch]
    } else {
      batches = try chunks.rows(of: part, in: loaded.chunk).map(columns.joined)
    }
    var text: [UInt8] = []
    for batch in batches {
      let rows = if let change { try change(batch) } else { batch }
      TableText.append(rows, to: &text)
    }
    return (batches.reduce(0) { $0 + $1.count }, text)
  }
}

/// A part of a chunk of a file, and what was read of it out of turn.
private struct LoadedPart: Sendable {
  let chunk: LineChunk
  let content: Digest?
  /// Whether an earlier run has read the chunk.
  let isKnown: Bool
  /// The part, or all of a known chunk.
  let parts: ArraySlice<LineChunk.Part>
  /// The rows, where something is done to them still, and else their text.
  private(set) var found: SoundLines.Rows?
  private(set) var text: [UInt8] = []

  /// The digest of a known chunk.
  var knownContent: Digest? { isKnown ? content : nil }
  var isFirst: Bool { parts.startIndex == 0 }
  var isLast: Bool { parts.endIndex == chunk.parts.count }

  static func parts(of chunk: LineChunk, _ content: Digest?, isKnown: Bool) -> [LoadedPart] {
    let places = isKnown ? [chunk.parts.indices] : chunk.parts.indices.map { $0..<$0 + 1 }
    return places.map { places in
      LoadedPart(chunk: chunk, content: content, isKnown: isKnown, parts: chunk.parts[places])
    }
  }

  private init(
    chunk: LineChunk, content: Digest?, isKnown: Bool, parts: ArraySlice<LineChunk.Part>
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
    guard !isKnown, let part = parts.first, var found = lines.rows(of: part, in: chunk) else {
      return self
    }
    var parsed = self
    found.batch = columns.joined(found.batch)
    if !staysRows { TableText.append(found.batch, to: &parsed.text) }
    parsed.found = found
    return parsed
  }
}

/// What was read of a chunk so far.
private struct LoadedPiece {
  let start: Origin
  var rowCount = 0
  private let isBetweenRecords: Bool
  private let oddityCount: Int

  init(_ chunks: borrowing DelimitedChunkReader<Decoder<InputFile>>, file: Int) {
    start = Origin(file: file, line: chunks.line)
    isBetweenRecords = chunks.isBetweenRecords
    oddityCount = chunks.oddityCount
  }

  /// Whether its rows depend on nothing but its bytes, and there is nothing else to be said of it.
  func isSound(_ chunks: borrowing DelimitedChunkReader<Decoder<InputFile>>) -> Bool {
    isBetweenRecords && chunks.isBetweenRecords && chunks.oddityCount == oddityCount
  }

  func note(_ chunks: borrowing DelimitedChunkReader<Decoder<InputFile>>) -> TablePieceNote {
    TablePieceNote(
      start: start, readCount: rowCount, lineCount: chunks.line - start.line,
      writtenCount: rowCount)
  }
}
