import Diagnostics

/// What turns the bytes of a CSV or TSV file into rows; see `DelimitedReader`.
package struct DelimitedRows: Sendable {
  /// The columns of every batch: the chosen ones in the order chosen, or all.
  var columns: [String] { layout?.names ?? [] }
  /// The records left out so far under `MalformedRows.skip`.
  private(set) var skipped = SkippedRows()
  /// The quoted fields so far that look as if they held rows.
  private(set) var missingQuotes = MissingQuotes()
  /// The rows of the last batch that stand for malformed records: their fields are empty.
  private(set) var malformed: [Int] = []
  /// What went wrong in the last bytes that were parsed.
  private(set) var failure: Diagnostic?
  private(set) var hasEnded = false

  private let file: String
  private let options: Options
  private var parser: DelimitedParser
  private var records = Records()
  private var layout: ColumnLayout?

  struct Options {
    let fileNumber: Int
    let choices: [ColumnChoice]?
    let malformedRows: MalformedRows
    let keepsMalformed: Bool
    let takesAnyNames: Bool
    let skipsBlankStart: Bool
  }

  init(_ parser: DelimitedParser, file: String, _ options: Options) {
    self.parser = parser
    self.file = file
    self.options = options
  }

  /// What parses the lines from one on that begins a record; nil where that cannot be told beforehand.
  func atLine(_ line: Int) -> DelimitedRows? {
    guard let parser = parser.atLine(line) else { return nil }
    var rows = DelimitedRows(parser, file: file, options)
    rows.layout = layout
    return rows
  }

  /// What copies whole records into lines of a table; nil where they are to be parsed.
  var copying: RecordCopying? {
    guard let layout, parser.atLine(line) != nil else { return nil }
    return RecordCopying(
      parser.dialect, width: layout.width, columns: layout.columns, fileNumber: options.fileNumber)
  }

  /// The most bytes that a record may have.
  var maximumRecordBytes: Int { parser.dialect.maximumRecordBytes }

  /// Whether the columns are known, as the header or the first record was read.
  var knowsColumns: Bool { layout != nil }

  /// Parses bytes that follow; a failure in them is kept until the rows before it were handed out.
  ///
  /// - Parameter bytes: none for the end of the file.
  mutating func rows(of bytes: ArraySlice<UInt8>) -> RowBatch {
    let (firstLine, startsLine) = (parser.line, parser.isAtLineStart)
    do throws(Diagnostic) {
      if bytes.isEmpty {
        hasEnded = true
        try parser.finish(into: &records)
      } else {
        records.reserve(byteCount: bytes.count)
        try parser.consume(bytes.span, into: &records)
      }
    } catch {
      failure = error
    }
    return rows(
      of: records.takeComplete(), in: bytes, firstLine: firstLine, startsLine: startsLine)
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
    if record == 0, let batch = records.rows(layout, file: options.fileNumber) { return batch }
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
          .wrongFieldCount(
            expected: layout.width, found: fields.count,
            isLeftOut: options.malformedRows == .skip),
          at: Place(file: file, line: line),
          excerpt: text.map { Excerpt(line: $0, column: 1, length: $0.unicodeScalars.count) })
        guard options.malformedRows == .skip else {
          failure = problem
          break
        }
        skipped.add(problem)
        guard options.keepsMalformed else { continue }
        malformed.append(batch.count)
        for _ in layout.columns { batch.append([]) }
      }
      batch.endRow(Origin(file: options.fileNumber, line: records.lines[record]))
    }
    return batch
  }

  /// Whether a record before the header holds only white space.
  private func isBlank(_ record: Int, of records: Records) -> Bool {
    guard records.fields(of: record).isEmpty else { return false }
    return parser.dialect.hasHeader || options.skipsBlankStart
      || (options.choices ?? []).contains { $0.source.isBeyondFirst }
  }

  private mutating func lay(out records: Records, _ record: Int) throws(Diagnostic) {
    let fields = records.fields(of: record)
    layout = try ColumnLayout(
      header: parser.dialect.hasHeader ? fields.map(records.text) : nil,
      width: max(1, fields.count), choices: options.choices, takesAnyNames: options.takesAnyNames,
      at: Place(file: file, line: records.lines[record]))
  }
}

/// Where parsing is.
extension DelimitedRows {
  /// Goes on behind lines whose rows are known.
  mutating func skip(lines count: Int) { parser.skip(lines: count) }

  /// Whether a record may begin with the next byte.
  var isBetweenRecords: Bool { parser.isAtLineStart && failure == nil }

  /// How many records were left out or look as if they were several.
  var oddityCount: Int { skipped.count + missingQuotes.count }

  /// The line of the next byte, counted from 1.
  var line: Int { parser.line }

  /// The byte that ends lines.
  var lineEnd: LineEnd { parser.lineEnd }

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
  fileprivate static func wrongFieldCount(expected: Int, found: Int, isLeftOut: Bool) -> Self {
    Self(
      "expected \(expected) field\(expected == 1 ? "" : "s"), found \(found)",
      remedy: "check the delimiter and the quotes of this line"
        + (isLeftOut ? "" : ", or set on-error = \"skip\""))
  }
}
