import Diagnostics
import Digests

/// JSON Lines as chunks of lines that are cut by their content, and their rows.
///
/// A chunk that holds no whole rows, as where a row goes over several lines, is read with all that follows
/// it as one; so is a file that does not begin with an object.
package struct JSONChunkReader<Source: ByteSource & ~Copyable>: RowChunkReader, ~Copyable {
  private typealias Plain = JSONReader<SourceRuns<Source>>

  private var runs: SourceRuns<Source>
  private let layout: JSONLayout
  private var cutter: LineCutter
  private var place = JSONLinesPlace(line: 1, isFirst: true)
  /// What reads the rest of the file as one, and the rows that it read last.
  private var plain: Plain?
  private var pending: RowBatch?
  private var skippedBefore = SkippedRows()
  private var replacementsBefore = 0
  package private(set) var gaveRowsOnly = false

  package init(_ source: consuming Source, _ layout: JSONLayout, sizes: ChunkSizes) {
    runs = SourceRuns(source)
    self.layout = layout
    cutter = LineCutter(sizes, longestLine: max(sizes.most, layout.maximumBytes))
  }

  /// Looks at the source, to see how far it was read.
  package func source<Value>(_ look: (borrowing Source) -> Value) -> Value { look(runs.source) }

  /// The rows left out so far under `MalformedRows.skip`.
  package var skipped: SkippedRows {
    var skipped = skippedBefore
    switch plain {
    case .some(let reader): skipped.add(reader.skipped)
    case .none: break
    }
    return skipped
  }

  /// Characters that were replaced by U+FFFD.
  package var replacements: Int {
    switch plain {
    case .some(let reader): replacementsBefore + reader.replacements
    case .none: replacementsBefore
    }
  }

  package var isBetweenRecords: Bool { plain == nil }

  package var line: Int { place.line }

  /// The first row may be no list, and others may.
  package var layoutText: String { place.isFirst ? "first" : "" }

  package mutating func next() throws(Diagnostic) -> LineChunk? {
    if plain != nil {
      pending = try plain?.next()
      return pending.map { _ in LineChunk() }
    }
    return try cutter.next(from: &runs) { $1.endsChunk($0) }
  }

  package mutating func skip(lines count: Int) {
    place = JSONLinesPlace(line: place.line + count, isFirst: false)
  }

  package mutating func rows(of chunk: LineChunk) throws(Diagnostic) -> [RowBatch] {
    if let pending = pending.take() { return [pending] }
    if let batches = wholeRows(of: chunk.bytes) { return batches }
    runs.giveBack(chunk.bytes + cutter.takeRest(), before: cutter.failure)
    gaveRowsOnly = false
    let isList = place.isFirst && !layout.isSequence(chunk.bytes)
    plain = layout.reader(of: runs, behind: isList ? nil : place)
    return []
  }

  /// The rows of lines; nil when they do not end with a row, or hold something else than rows.
  private mutating func wholeRows(of lines: [UInt8]) -> [RowBatch]? {
    guard !place.isFirst || layout.isSequence(lines) else { return nil }
    var reader = layout.reader(of: BytesInMemory(lines), behind: place)
    var batches: [RowBatch] = []
    do throws(Diagnostic) {
      while let batch = try reader.next() { batches.append(batch) }
    } catch { return nil }
    guard reader.skipped.count == 0 || endsWithRow(lines, batches) else { return nil }
    gaveRowsOnly = reader.skipped.count + reader.replacements == 0
    skippedBefore.add(reader.skipped)
    replacementsBefore += reader.replacements
    place = JSONLinesPlace(line: place.line + lineFeeds(in: lines.span), isFirst: false)
    return batches
  }

  /// Whether the last row of lines is whole: a row that was left out may go on behind them.
  ///
  /// The last line must be rows by itself, the last of which was read.
  private func endsWithRow(_ lines: [UInt8], _ batches: [RowBatch]) -> Bool {
    guard let content = lines.lastIndex(where: { !JSONLayout.isBlank($0) }) else { return true }
    let start = lines[..<content].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    let lastLine = place.line + lineFeeds(in: lines.span.extracting(..<start))
    guard batches.last?.origins.last?.line == lastLine else { return false }
    var reader = layout.reader(
      of: BytesInMemory(Array(lines[start...])), behind: JSONLinesPlace(line: 1, isFirst: false))
    var rowCount = 0
    while let batch = try? reader.next() { rowCount += batch.count }
    return rowCount > 0 && reader.skipped.count == 0
  }
}

/// How the rows of a JSON file are read.
package struct JSONLayout: Sendable {
  private let file: String
  private let number: Int
  private let columns: [ColumnChoice]
  private let rows: String?
  private let invalid: InvalidBytes
  private let malformedRows: MalformedRows
  let maximumBytes: Int

  /// - Parameters: as `JSONReader` has them.
  package init(
    file: String, number: Int, columns: [ColumnChoice], rows: String?, invalid: InvalidBytes,
    malformedRows: MalformedRows, maximumBytes: Int
  ) {
    self.file = file
    self.number = number
    self.columns = columns
    self.rows = rows
    self.invalid = invalid
    self.malformedRows = malformedRows
    self.maximumBytes = maximumBytes
  }

  /// - Parameter behind: where the source begins; nil for the beginning of any file.
  package func reader<Source: ByteSource & ~Copyable>(
    of source: consuming Source, behind: JSONLinesPlace? = nil
  ) -> JSONReader<Source> {
    JSONReader(
      source, file: file, number: number, columns: columns, rows: rows, invalid: invalid,
      malformedRows: malformedRows, maximumBytes: maximumBytes, behind: behind)
  }

  /// Whether a file that begins like this is objects one after the other.
  func isSequence(_ start: [UInt8]) -> Bool {
    rows == nil && start.first { !Self.isBlank($0) } == UInt8(ascii: "{")
  }

  static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }
}
