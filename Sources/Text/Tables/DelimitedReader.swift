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
  /// The records left out so far under `MalformedRows.skip`.
  package private(set) var skipped = SkippedRows()
  /// The quoted fields so far that look as if they held rows.
  package private(set) var missingQuotes = MissingQuotes()

  private let file: String
  private let fileNumber: Int
  private let choices: [ColumnChoice]?
  private let malformedRows: MalformedRows
  private let keepsMalformed: Bool
  private let takesAnyNames: Bool
  /// The rows of the last batch that stand for malformed records: their fields are empty.
  package private(set) var malformed: [Int] = []
  private var parser: DelimitedParser
  private var records = Records()
  private var layout: ColumnLayout?
  private var chunk: [UInt8]
  /// Bytes that were read to find out how lines end, and are not parsed yet.
  private var held: [UInt8] = []
  /// The rows that came with the header's chunk.
  private var first: RowBatch?
  private var failure: Diagnostic?
  private var hasEnded = false

  /// Opens a file and reads its header.
  ///
  /// - Parameters:
  ///   - keepsMalformed: whether an empty row stands for each record that is skipped.
  ///   - takesAnyNames: whether the header of all columns may have empty and equal names.
  ///   - stopsEarly: whether no more is read than tells the columns; see `takeBytes`.
  /// - Throws: when the file is empty or a chosen column is not in it.
  package init(
    _ source: consuming Source, file: String, number: Int = 1, dialect: Dialect = .csv,
    columns choices: [ColumnChoice]? = nil, malformedRows: MalformedRows = .refuse,
    keepsMalformed: Bool = false, takesAnyNames: Bool = false, stopsEarly: Bool = false,
    chunkBytes: Int = 256 << 10
  ) throws(Diagnostic) {
    self.source = source
    self.file = file
    fileNumber = number
    self.choices = choices
    self.malformedRows = malformedRows
    self.keepsMalformed = keepsMalformed
    self.takesAnyNames = takesAnyNames
    parser = DelimitedParser(dialect, file: file)
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
    parser = DelimitedParser(
      dialect.heeding(SeparatorLine(held)), lineEnd: probe.lineEnd ?? .lineFeed, file: file)
    while layout == nil {
      guard !hasEnded else { throw Diagnostic(.emptyFile, at: Place(file: file)) }
      first = try stopsEarly ? rows(of: readLine()) : readChunk()
      if layout == nil, let failure { throw failure }
    }
    columns = layout?.names ?? []
  }

  /// The next rows, at least one; nil at the end of the file.
  package mutating func next() throws(Diagnostic) -> RowBatch? {
    if let first = first.take(), !first.isEmpty { return first }
    while true {
      if let failure { throw failure }
      if hasEnded { return nil }
      let batch = try readChunk()
      if !batch.isEmpty { return batch }
    }
  }

  private mutating func readChunk() throws(Diagnostic) -> RowBatch {
    var bytes: [UInt8] = []
    swap(&bytes, &chunk)
    defer { swap(&bytes, &chunk) }
    let count = try read(into: &bytes)
    return rows(of: bytes[..<count])
  }

  /// Parses bytes that follow; a failure in them is kept until the rows before it were handed out.
  ///
  /// - Parameter bytes: from the start of an array; none for the end of the file.
  private mutating func rows(of bytes: ArraySlice<UInt8>) -> RowBatch {
    let (firstLine, startsLine) = (parser.line, parser.isAtLineStart)
    do throws(Diagnostic) {
      if bytes.isEmpty {
        hasEnded = true
        try parser.finish(into: &records)
      } else {
        try parser.consume(bytes.span, into: &records)
      }
    } catch {
      failure = error
    }
    return rows(
      of: records.takeComplete(), in: bytes, firstLine: firstLine, startsLine: startsLine)
  }

  /// The next bytes: those held back first.
  private mutating func read(into bytes: inout [UInt8]) throws(Diagnostic) -> Int {
    guard !held.isEmpty else { return try source.read(into: &bytes) }
    let count = min(bytes.count, held.count)
    bytes.replaceSubrange(0..<count, with: held[..<count])
    held.removeFirst(count)
    return count
  }

  /// The chosen columns of the records of a chunk.
  private mutating func rows(
    of records: Records, in chunk: ArraySlice<UInt8>, firstLine: Int, startsLine: Bool
  ) -> RowBatch {
    malformed = []
    var record = 0
    if layout == nil {
      while record < records.count, isBlank(record, of: records) { record += 1 }
      guard record < records.count else { return RowBatch(columnCount: 1) }
      do throws(Diagnostic) { try lay(out: records, record) } catch { failure = error }
      if parser.dialect.hasHeader { record += 1 }
    }
    guard let layout else { return RowBatch(columnCount: 1) }
    for long in record..<records.count {
      let next = long + 1 < records.count ? records.lines[long + 1] : parser.line
      guard MissingQuotes.mayHold(from: records.lines[long], to: next) else { continue }
      missingQuotes.look(
        at: long, of: records, width: layout.width, delimiter: parser.dialect.delimiter)
    }
    if record == 0, let batch = records.rows(layout, file: fileNumber) { return batch }
    var batch = RowBatch(columnCount: layout.columns.count)
    batch.reserve(rows: records.count, byteCount: records.bytes.count)
    while record < records.count {
      defer { record += 1 }
      let fields = records.fields(of: record)
      if fields.count == layout.width {
        for column in layout.columns {
          batch.append(records.bytes.span.extracting(records.range(fields.lowerBound + column)))
        }
      } else if fields.isEmpty {
        guard layout.width == 1 else { continue }
        for _ in layout.columns { batch.append([]) }
      } else {
        let line = records.lines[record]
        let text = parser.text(
          ofLine: line, in: chunk, firstLine: firstLine, isWhole: startsLine)
        let problem = Diagnostic(
          .wrongFieldCount(expected: layout.width, found: fields.count),
          at: Place(file: file, line: line),
          excerpt: text.map { Excerpt(line: $0, column: 1, length: $0.unicodeScalars.count) })
        guard malformedRows == .skip else {
          failure = problem
          break
        }
        skipped.add(problem)
        guard keepsMalformed else { continue }
        malformed.append(batch.count)
        for _ in layout.columns { batch.append([]) }
      }
      batch.endRow(Origin(file: fileNumber, line: records.lines[record]))
    }
    return batch
  }

  /// Whether a record before the header holds only white space.
  private func isBlank(_ record: Int, of records: Records) -> Bool {
    guard records.fields(of: record).isEmpty else { return false }
    return parser.dialect.hasHeader || (choices ?? []).contains { $0.source.isBeyondFirst }
  }

  private mutating func lay(out records: Records, _ record: Int) throws(Diagnostic) {
    let fields = records.fields(of: record)
    layout = try ColumnLayout(
      header: parser.dialect.hasHeader ? fields.map(records.text) : nil,
      width: max(1, fields.count), choices: choices, takesAnyNames: takesAnyNames,
      at: Place(file: file, line: records.lines[record]))
  }
}

/// Reading in runs of bytes that the caller chooses.
extension DelimitedReader where Source: ~Copyable {
  /// The bytes up to the end of a line, at the beginning of the file.
  private mutating func readLine() throws(Diagnostic) -> ArraySlice<UInt8> {
    if held.isEmpty { held = try takeBytes() }
    let end = held.firstIndex(of: parser.lineEnd.byte).map { $0 + 1 } ?? held.count
    defer { held.removeFirst(end) }
    return held[..<end]
  }

  /// The next bytes, which are not parsed; none at the end.
  mutating func takeBytes() throws(Diagnostic) -> [UInt8] {
    guard held.isEmpty else {
      defer { held = [] }
      return held
    }
    var bytes: [UInt8] = []
    swap(&bytes, &chunk)
    defer { swap(&bytes, &chunk) }
    let count = try source.read(into: &bytes)
    return Array(bytes[..<count])
  }

  /// The rows that were read with the header, once.
  mutating func takeFirst() -> RowBatch? { first.take() }

  /// Parses bytes that were taken; an empty array is the end of the file.
  ///
  /// - Throws: only when it is called again after a failure, so that the rows before it are not lost.
  mutating func parse(_ bytes: [UInt8]) throws(Diagnostic) -> RowBatch {
    if let failure { throw failure }
    return rows(of: bytes[...])
  }

  /// What went wrong in the last bytes that were parsed.
  var pendingFailure: Diagnostic? { failure }

  /// Goes on behind lines that are known and were not parsed.
  mutating func skip(lines count: Int) { parser.skip(lines: count) }

  /// Whether a record may begin with the next byte.
  var isBetweenRecords: Bool { parser.isAtLineStart && failure == nil }

  /// How many records were left out or look as if they were several.
  var oddityCount: Int { skipped.count + missingQuotes.count }

  /// The line of the next byte, counted from 1.
  var line: Int { parser.line }

  /// The byte around fields.
  var quote: UInt8? { parser.dialect.quote }

  /// How the file is read, as far as its own beginning decides.
  var layoutText: String {
    let columns = (layout?.columns ?? []).map(String.init).joined(separator: ",")
    return "\(parser.dialect.delimiter) \(parser.lineEnd) \(layout?.width ?? 0) \(columns)"
  }
}

extension ColumnChoice.Source {
  /// Whether records must have more than one field for the column to exist.
  fileprivate var isBeyondFirst: Bool {
    if case .number(let number) = self { number > 1 } else { false }
  }
}

extension Records {
  /// All records as rows without copying, when they have the right width and every column is wanted.
  fileprivate consuming func rows(_ layout: ColumnLayout, file: Int) -> RowBatch? {
    guard layout.columns == Array(0..<layout.width) else { return nil }
    guard fieldCounts.indices.allSatisfy({ fieldCounts[$0] == ($0 + 1) * layout.width }) else {
      return nil
    }
    return RowBatch(
      columnCount: layout.width, bytes: bytes, ends: ends,
      origins: lines.map { Origin(file: file, line: $0) })
  }
}

extension Diagnostic.Message {
  fileprivate static let emptyFile = Self(
    "the file is empty", remedy: "check the path; a header line at least is expected")

  fileprivate static func wrongFieldCount(expected: Int, found: Int) -> Self {
    Self(
      "expected \(expected) field\(expected == 1 ? "" : "s"), found \(found)",
      remedy: "check the delimiter and the quotes of this line, or set on-error = \"skip\"")
  }
}
