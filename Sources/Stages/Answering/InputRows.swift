import Diagnostics
import Files
import Text

/// The rows of an open file, some at a time, and what was wrong with them so far.
protocol InputRows: AnyObject {
  /// The next rows, at least one, with the places of those that stand for rows that could not be
  /// read; nil at the end.
  func next() throws(Diagnostic) -> (rows: RowBatch, malformed: [Int])?

  /// The rows that could not be read.
  var skipped: SkippedRows { get }
  /// How many bytes that are not in the encoding were replaced.
  var replacements: Int { get }
  /// A quoted field that seems to hold rows, by its line and how many lines it has.
  var missingQuotes: (line: Int, lineCount: Int)? { get }
  /// How much of the file was read.
  var progress: ReadProgress { get }
}

/// The rows of a delimited file.
final class DelimitedRows: InputRows {
  private var reader: DelimitedReader<Decoder<InputFile>>

  init(
    _ path: String, _ reading: TableReading, unless shouldStop: @escaping () -> Bool
  ) throws(Diagnostic) {
    reader = try DelimitedReader(
      reading.decoder(path, unless: shouldStop), file: path, dialect: reading.dialect,
      malformedRows: reading.malformedRows, keepsMalformed: reading.keepsMalformed,
      takesAnyNames: true)
  }

  var columns: [String] { reader.columns }

  func next() throws(Diagnostic) -> (rows: RowBatch, malformed: [Int])? {
    guard let batch = try reader.next() else { return nil }
    return (batch, reader.malformed)
  }

  var skipped: SkippedRows { reader.skipped }
  var replacements: Int { reader.source.replacements }
  var missingQuotes: (line: Int, lineCount: Int)? { reader.missingQuotes.first }
  var progress: ReadProgress { reader.source.source.progress }
}

/// The rows of a JSON file, each with every member that one of them has.
final class JSONRows: InputRows {
  let columns: [String]
  /// Of a pipe, which gives its bytes once.
  private let copy: TemporaryCopy?
  private var reader: JSONReader<Decoder<InputFile>>

  /// Reads all of the file once for its members.
  init(
    _ path: String, _ reading: TableReading, unless shouldStop: @escaping () -> Bool
  ) throws(Diagnostic) {
    var file = try InputFile(path, allowingPipes: true, unless: shouldStop)
    let copy = file.isRegular ? nil : try TemporaryCopy(of: &file)
    let place = copy?.path ?? path
    var first = JSONReader(
      reading.decoder(try InputFile(place), file: path), file: path, columns: nil,
      rows: reading.source.rows, invalid: reading.invalid, malformedRows: reading.malformedRows,
      maximumBytes: reading.source.rowLimit)
    while try first.nextRow() != nil {
      if shouldStop() { throw Diagnostic(.stoppedLooking) }
    }
    columns = first.columns
    self.copy = copy
    reader = JSONReader(
      reading.decoder(try InputFile(place), file: path), file: path,
      columns: columns.map { ColumnChoice($0, .header($0), joinsLists: true) },
      rows: reading.source.rows, invalid: reading.invalid, malformedRows: reading.malformedRows,
      keepsMalformed: reading.keepsMalformed, requiresAll: false,
      maximumBytes: reading.source.rowLimit)
  }

  func next() throws(Diagnostic) -> (rows: RowBatch, malformed: [Int])? {
    guard let batch = try reader.next() else { return nil }
    return (batch, reader.malformed)
  }

  var skipped: SkippedRows { reader.skipped }
  var replacements: Int { reader.source { $0.replacements } + reader.replacements }
  var missingQuotes: (line: Int, lineCount: Int)? { nil }
  var progress: ReadProgress { reader.source { $0.source.progress } }
}

/// The lines of a file, each a row of one column.
final class LineRows: InputRows {
  private let lines: LineReader<Decoder<InputFile>>
  private let reader: ParallelReader<Decoder<InputFile>>

  init(
    _ path: String, _ reading: TableReading, unless shouldStop: @escaping () -> Bool
  ) throws(Diagnostic) {
    lines = LineReader(
      try reading.decoder(path, unless: shouldStop), file: path,
      maximumBytes: reading.source.rowLimit)
    reader = ParallelReader([lines], files: [path])
  }

  func next() throws(Diagnostic) -> (rows: RowBatch, malformed: [Int])? {
    try reader.next().map { ($0, []) }
  }

  var skipped: SkippedRows { SkippedRows() }
  var replacements: Int { lines.source.replacements }
  var missingQuotes: (line: Int, lineCount: Int)? { nil }
  var progress: ReadProgress { lines.source.source.progress }
}

extension Diagnostic.Message {
  fileprivate static let stoppedLooking = Self("stopped while columns were looked for")
}
