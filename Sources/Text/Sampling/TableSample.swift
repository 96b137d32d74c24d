import Diagnostics

/// What a file holds whose format, delimiter, quoting, encoding and header are not known.
package struct TableSample: Sendable {
  /// How the rows are written.
  package enum Format: Hashable, Sendable {
    case delimited(Dialect)
    /// A list of objects, or JSON Lines.
    ///
    /// - Parameter rows: the member that holds the list; nil where the file is nothing else.
    case json(rows: String?)
    /// A text on each line with its labels, which begin with the prefix; with an empty prefix, the
    /// first word is the label.
    case labelled(prefix: String)
  }

  /// One column of the file.
  package struct Column: Sendable {
    /// Counted from 1.
    package let number: Int
    /// As the header names it; nil without a header, and for a name that is empty or another's too.
    package let name: String?
    /// What rows from all over the file hold.
    package let values: [String]
    /// What all rows hold.
    package let statistics: TableStatistics.Column
  }

  /// What was known before.
  package let given: GivenNotation
  package let format: Format
  package let encoding: TextEncoding
  package let columns: [Column]
  /// How many rows the file has that are well formed.
  package let rowCount: Int
  /// How many rows have another number of fields, or are no JSON.
  package let malformedCount: Int
  /// How many bytes are not in the encoding.
  package let invalidCount: Int

  /// How a delimited file is written.
  package var dialect: Dialect {
    if case .delimited(let dialect) = format { dialect } else { .csv }
  }

  /// Reads the first rows of a file in every way that is usual, keeps the one that fits best, and
  /// then reads all rows in that way.
  ///
  /// Of delimited files, all records as wide as the first count most, then quotes where they are
  /// doubled, tabs, more columns, and the dialect that the name suggests.
  ///
  /// - Parameters:
  ///   - given: what is known, and not told from the file.
  ///   - rowLimit: how many rows are read about; all unless given.
  ///   - open: opens the file at its start.
  /// - Throws: when no way of reading gives rows.
  package init<Source: ByteSource & ~Copyable>(
    file: String, given: GivenNotation = GivenNotation(), rowLimit: Int = .max,
    _ open: () throws(Diagnostic) -> Source
  ) throws(Diagnostic) {
    let format = try Self.format(of: file, given, open)
    try self.init(file: file, format: format, given: given, rowLimit: rowLimit, open)
  }

  /// Reads all rows in a way that is known.
  package init<Source: ByteSource & ~Copyable>(
    file: String, format: Format, given: GivenNotation = GivenNotation(), rowLimit: Int = .max,
    _ open: () throws(Diagnostic) -> Source
  ) throws(Diagnostic) {
    let maximumBytes = given.maximumBytes
    var survey = try TableSurvey(
      file: file, format: format, given.encoding ?? .utf8, maximumBytes: maximumBytes,
      rowLimit: rowLimit, open)
    if given.encoding == nil, survey.invalidCount > 0,
      survey.invalidCount * 10 > survey.foreignCount,
      let other = try? TableSurvey(
        file: file, format: format, .windows1252, maximumBytes: maximumBytes, rowLimit: rowLimit,
        open),
      other.invalidCount == 0
    {
      survey = other
    }
    guard survey.sample.count > 0, !survey.names.isEmpty else {
      guard let first = survey.firstMalformed else {
        throw Diagnostic(.noRows, at: Place(file: file))
      }
      throw Diagnostic(
        .noReadableRow(first.message, of: survey.malformedCount), at: first.place,
        excerpt: first.excerpt)
    }
    self.format = format
    self.given = given
    encoding = survey.encoding
    rowCount = survey.sample.count
    malformedCount = survey.malformedCount
    invalidCount = survey.invalidCount
    let (rows, names) = (survey.sample.rows, survey.names)
    columns = names.indices.map { column in
      Column(
        number: column + 1, name: names[column],
        values: rows.map { $0.indices.contains(column) ? $0[column] : "" },
        statistics: survey.statistics.columns[column])
    }
  }

  private static func format<Source: ByteSource & ~Copyable>(
    of file: String, _ given: GivenNotation, _ open: () throws(Diagnostic) -> Source
  ) throws(Diagnostic) -> Format {
    let first = try FirstBytes(open(), file: file, encoding: given.encoding ?? .utf8)
    switch given.format {
    case .csv, .tsv: break
    case .json: return try json(file: file, given, open)
    case .fastText:
      let prefix =
        if case .labelled(let prefix) = first.labelledFormat { prefix } else { "__label__" }
      return .labelled(prefix: given.labelPrefix ?? prefix)
    case nil:
      if let labelled = first.labelledFormat { return labelled }
      if first.isJSON { return try json(file: file, given, open) }
    }
    return .delimited(try DialectGuess(file: file, given, open).dialect)
  }

  /// JSON, with the member that holds the rows, where the file is one object around a list.
  private static func json<Source: ByteSource & ~Copyable>(
    file: String, _ given: GivenNotation, _ open: () throws(Diagnostic) -> Source
  ) throws(Diagnostic) -> Format {
    if let rows = given.rows { return .json(rows: rows) }
    var reader = JSONReader(
      Decoder(try open(), file: file, encoding: given.encoding ?? .utf8, invalid: .replace),
      file: file, columns: nil, malformedRows: .skip, maximumBytes: given.maximumBytes)
    guard try reader.nextRow() != nil, let list = reader.rowLists.first else {
      return .json(rows: nil)
    }
    let isAll = try reader.nextRow() == nil
    let preferred = reader.rowLists.first { ["train", "data", "rows"].contains($0) }
    return .json(rows: isAll ? preferred ?? list : nil)
  }
}

extension Diagnostic.Message {
  static let noRows = Self(
    "the file has no rows", remedy: "give a file with a row for each example")

  /// - Parameter reason: what is wrong with the first.
  fileprivate static func noReadableRow(_ reason: Self, of count: Int) -> Self {
    Self(
      count == 1
        ? "the only row cannot be read: \(reason.problem)"
        : "no row can be read, of \(Spelling.count(count)); the first: \(reason.problem)",
      remedy: "mend the file, or say how it is written: set delimiter, quoting or format")
  }
}
