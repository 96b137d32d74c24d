/// What a person says of how a file is written; what is not said is told from the file.
package struct GivenNotation: Sendable {
  /// How rows are written.
  package enum Format: Sendable {
    case csv, tsv, json, fastText
  }

  package var format: Format?
  package var delimiter: UInt8?
  package var isQuoted: Bool?
  package var hasHeader: Bool?
  package var trims: Bool?
  package var skippedLines: Int?
  /// What else is said of a delimited file, which is never guessed, and the longest row of any file.
  package var dialect = Dialect.csv
  /// Of JSON: the member that holds the list of rows.
  package var rows: String?
  /// Of fastText's lines: what labels begin with.
  package var labelPrefix: String?
  package var encoding: TextEncoding?
  package var invalid: InvalidBytes?

  package init() {}

  /// The longest row, in bytes.
  var maximumBytes: Int { dialect.maximumRecordBytes }

  /// Whether tabs part the fields of a file of this name.
  package func isTSV(file: String) -> Bool {
    if let format { return format == .tsv }
    let plain = file.hasSuffix(".gz") ? String(file.dropLast(3)) : file
    return plain.hasSuffix(".tsv") || plain.hasSuffix(".tab")
  }

  /// A dialect that fits what is said.
  func settled(_ guess: Dialect) -> Dialect {
    var settled = dialect
    settled.delimiter = delimiter ?? guess.delimiter
    settled.quote = isQuoted.map { $0 ? Dialect.csv.quote : nil } ?? guess.quote
    settled.trims = trims ?? guess.trims
    settled.hasHeader = hasHeader ?? guess.hasHeader
    settled.skippedLines = skippedLines ?? guess.skippedLines
    return settled
  }
}
