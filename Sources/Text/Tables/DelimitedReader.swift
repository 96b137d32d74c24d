import Diagnostics

/// A CSV or TSV file as batches of rows, one batch for each chunk read.
///
/// The first record that is not blank is the header, if there is one, and says how many fields every
/// record has. Blank lines are rows when there is one column, and are left out when there are more.
/// The source must yield UTF-8 (`Decoder`).
package struct DelimitedReader<Source: ByteSource & ~Copyable>: ~Copyable {
  /// Where the bytes come from.
  package private(set) var source: Source
  /// The columns of every batch: the chosen ones in the order chosen, or all.
  package private(set) var columns: [String] = []
  /// What turns the bytes into rows.
  var rows: DelimitedRows
  private var chunk: [UInt8]
  /// Bytes that were read to find out how lines end, and are not parsed yet.
  private var held: [UInt8] = []
  /// The rows that came with the header's chunk.
  private var first: RowBatch?

  /// Opens a file and reads its header.
  ///
  /// - Parameters:
  ///   - keepsMalformed: whether an empty row stands for each record that is skipped.
  ///   - takesAnyNames: whether the header of all columns may have empty and equal names.
  ///   - skipsBlankStart: whether blank lines before the first record are left out where there is no
  ///     header, however many columns there are.
  ///   - stopsEarly: whether no more is read than tells the columns; see `takeBytes`.
  /// - Throws: when the file is empty or a chosen column is not in it.
  package init(
    _ source: consuming Source, file: String, number: Int = 1, dialect: Dialect = .csv,
    columns choices: [ColumnChoice]? = nil, malformedRows: MalformedRows = .refuse,
    keepsMalformed: Bool = false, takesAnyNames: Bool = false, skipsBlankStart: Bool = false,
    stopsEarly: Bool = false, chunkBytes: Int = 256 << 10
  ) throws(Diagnostic) {
    self.source = source
    let options = DelimitedRows.Options(
      fileNumber: number, choices: choices, malformedRows: malformedRows,
      keepsMalformed: keepsMalformed, takesAnyNames: takesAnyNames,
      skipsBlankStart: skipsBlankStart)
    rows = DelimitedRows(DelimitedParser(dialect, file: file), file: file, options)
    chunk = Array(repeating: 0, count: chunkBytes)
    var probe = LineEndProbe(dialect)
    while probe.lineEnd == nil {
      let count = try self.source.read(into: &chunk)
      probe.look(at: chunk[..<count])
      held += chunk[..<count]
      if count == 0 { probe.finish() }
    }
    if let foreign = ForeignText(held[...]) {
      throw Diagnostic(.foreign(foreign), at: Place(file: file))
    }
    let parser = DelimitedParser(
      dialect.heeding(SeparatorLine(held)), lineEnd: probe.lineEnd ?? .lineFeed, file: file)
    rows = DelimitedRows(parser, file: file, options)
    while !rows.knowsColumns {
      guard !rows.hasEnded else { throw Diagnostic(.emptyFile, at: Place(file: file)) }
      first = try stopsEarly ? rows.rows(of: readLine()) : readChunk()
      if !rows.knowsColumns, let failure = rows.failure { throw failure }
    }
    columns = rows.columns
  }

  /// The records left out so far under `MalformedRows.skip`.
  package var skipped: SkippedRows { rows.skipped }

  /// The quoted fields so far that look as if they held rows.
  package var missingQuotes: MissingQuotes { rows.missingQuotes }

  /// The rows of the last batch that stand for malformed records: their fields are empty.
  package var malformed: [Int] { rows.malformed }

  /// The next rows, at least one; nil at the end of the file.
  package mutating func next() throws(Diagnostic) -> RowBatch? {
    if let first = first.take(), !first.isEmpty { return first }
    while true {
      if let failure = rows.failure { throw failure }
      if rows.hasEnded { return nil }
      let batch = try readChunk()
      if !batch.isEmpty { return batch }
    }
  }

  private mutating func readChunk() throws(Diagnostic) -> RowBatch {
    var bytes: [UInt8] = []
    swap(&bytes, &chunk)
    defer { swap(&bytes, &chunk) }
    let count = try read(into: &bytes)
    return rows.rows(of: bytes[..<count])
  }

  /// The next bytes: those held back first.
  private mutating func read(into bytes: inout [UInt8]) throws(Diagnostic) -> Int {
    guard !held.isEmpty else { return try source.read(into: &bytes) }
    let count = min(bytes.count, held.count)
    bytes.replaceSubrange(0..<count, with: held[..<count])
    held.removeFirst(count)
    return count
  }
}

/// Reading in runs of bytes that the caller chooses.
extension DelimitedReader where Source: ~Copyable {
  /// The bytes up to the end of a line, at the beginning of the file.
  private mutating func readLine() throws(Diagnostic) -> ArraySlice<UInt8> {
    if held.isEmpty {
      var bytes: [UInt8] = []
      _ = try takeBytes(into: &bytes)
      held = bytes
    }
    let end = held.firstIndex(of: rows.lineEnd.byte).map { $0 + 1 } ?? held.count
    defer { held.removeFirst(end) }
    return held[..<end]
  }

  /// Appends the next bytes, which are not parsed, and returns how many they are; 0 at the end.
  mutating func takeBytes(into bytes: inout [UInt8]) throws(Diagnostic) -> Int {
    guard held.isEmpty else {
      defer { held = [] }
      bytes += held
      return held.count
    }
    return try source.append(to: &bytes, atMost: chunk.count)
  }

  /// The rows that were read with the header, once.
  mutating func takeFirst() -> RowBatch? { first.take() }
}

extension Diagnostic.Message {
  fileprivate static let emptyFile = Self(
    "the file is empty", remedy: "check the path; a header line at least is expected")
}
