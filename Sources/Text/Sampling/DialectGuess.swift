import Diagnostics

/// How a delimited file is written, as far as its first rows tell.
struct DialectGuess {
  let dialect: Dialect

  /// - Parameter given: what is not to be guessed.
  /// - Throws: when no way of reading gives rows.
  init<Source: ByteSource & ~Copyable>(
    file: String, _ given: GivenNotation, _ open: () throws(Diagnostic) -> Source
  ) throws(Diagnostic) {
    var best: (reading: Reading, dialect: Dialect)?
    var failure: Diagnostic?
    let plain = Self.dialects(tabsFirst: given.isTSV(file: file)).map(given.settled)
    // Blanks around fields are dropped only where they stand in the way.
    let trimmed = plain.filter { $0.quote != nil && given.trims == nil }.map { dialect in
      var dialect = dialect
      dialect.trims = true
      return dialect
    }
    let encodings = given.encoding.map { [$0] } ?? [.utf8, .windows1252]
    for encoding in encodings where best == nil {
      for dialects in [plain, trimmed] where best?.reading.rank.isPerfect != true {
        for dialect in dialects {
          do throws(Diagnostic) {
            let reading = try Reading(
              Decoder(
                try open(), file: file, encoding: encoding, invalid: given.invalid ?? .refuse),
              file: file, dialect: dialect)
            if reading.rank > best?.reading.rank ?? Reading.Rank.none { best = (reading, dialect) }
          } catch {
            failure = failure ?? error
          }
        }
      }
    }
    guard let best else { throw failure ?? Diagnostic(.noRows, at: Place(file: file)) }
    var dialect = best.dialect
    let rows = best.reading.rows
    dialect.skippedLines = best.reading.linesBefore
    dialect.hasHeader = Header.isHeader(rows[0], above: rows.dropFirst())
    self.dialect = given.settled(dialect)
  }

  /// The usual dialects, first the one that the file's name suggests.
  private static func dialects(tabsFirst isTSV: Bool) -> [Dialect] {
    let others = [";", "|", "\t", ","].flatMap { (delimiter: Unicode.Scalar) in
      [Dialect.csv.quote, nil].map { quote in
        var dialect = Dialect.csv
        dialect.delimiter = UInt8(ascii: delimiter)
        dialect.quote = quote
        return dialect
      }
    }
    return (isTSV ? [.tsv, .csv] : [.csv, .tsv]) + others
  }
}

/// The rows of a file when it is read in one dialect.
private struct Reading {
  /// How many rows are read.
  private static let enough = 1000

  /// Without those that hold nothing.
  private(set) var rows: [[String]] = []
  /// The lines above the first row, where they are rows that hold nothing.
  private(set) var linesBefore = 0
  private let delimiter: UInt8
  private let quote: UInt8?
  private let trims: Bool
  private var skippedCount = 0

  init(
    _ decoder: consuming Decoder<some ByteSource & ~Copyable>, file: String, dialect: Dialect
  ) throws(Diagnostic) {
    var dialect = dialect
    dialect.hasHeader = false
    delimiter = dialect.delimiter
    quote = dialect.quote
    trims = dialect.trims
    var hasEmptyRows = false
    var reader = try DelimitedReader(
      decoder, file: file, dialect: dialect, malformedRows: .skip, skipsBlankStart: true,
      chunkBytes: 32 << 10)
    while rows.count < Self.enough, let batch = try reader.next() {
      for row in 0..<batch.count {
        let fields = (0..<batch.columnCount).map { batch.text(row, $0) }
        if fields.allSatisfy(\.isEmpty) {
          hasEmptyRows = true
        } else {
          if rows.isEmpty, hasEmptyRows { linesBefore = batch.origins[row].line - 1 }
          rows.append(fields)
        }
      }
    }
    skippedCount = reader.skipped.count
  }

  /// How well it fits; of equals the first tried is taken.
  struct Rank: Comparable {
    static let none = Rank(fit: -1, isUnquoted: false, isPadded: false, isTabbed: false, width: 0)

    /// The records that have the width of the first, in tenths, if that is more than one field.
    let fit: Int
    /// Whether fields keep quotes that were meant to stand around them.
    let isUnquoted: Bool
    /// Whether all fields but the first begin with a blank.
    let isPadded: Bool
    let isTabbed: Bool
    let width: Int

    /// Whether every record has the width of the first, and nothing stands around fields.
    var isPerfect: Bool { fit == 11 && !isUnquoted && !isPadded }

    static func < (a: Self, b: Self) -> Bool {
      if a.fit != b.fit { return a.fit < b.fit }
      if a.isUnquoted != b.isUnquoted { return a.isUnquoted }
      if a.isPadded != b.isPadded { return a.isPadded }
      if a.isTabbed != b.isTabbed { return b.isTabbed }
      return a.width < b.width
    }
  }

  var rank: Rank {
    guard let width = rows.first?.count else { return .none }
    return Rank(
      fit: width > 1 ? 1 + rows.count * 10 / (rows.count + skippedCount) : 0,
      isUnquoted: quote == nil && rows.contains { $0.contains(where: isQuoted) },
      isPadded: !trims && width > 1
        && rows.allSatisfy { $0.dropFirst().allSatisfy { $0.hasPrefix(" ") } },
      isTabbed: width > 1 && delimiter == UInt8(ascii: "\t"), width: width)
  }

  /// Whether a field stands in quotes: with doubled ones inside where tabs part the fields, for
  /// there quotes are mostly text.
  private func isQuoted(_ field: String) -> Bool {
    guard field.hasPrefix("\"") else { return false }
    guard delimiter == UInt8(ascii: "\t") else { return true }
    return field.count > 2 && field.hasSuffix("\"") && field.dropFirst().dropLast().contains("\"\"")
  }
}
