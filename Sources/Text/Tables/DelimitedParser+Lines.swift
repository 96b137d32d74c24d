import Diagnostics

/// The ends of fields, records and lines.
extension DelimitedParser {
  /// Decides what a CR was, now that the byte after it is known.
  mutating func followCarriageReturn(
    _ chunk: Span<UInt8>, _ index: inout Int, _ records: inout Records, after before: Before
  ) throws(Diagnostic) {
    if chunk[index] == UInt8(ascii: "\n") {
      index += 1
      return endLine(&records, after: before, at: index - 1)
    }
    if lineEnd == .carriageReturn {
      return endLine(&records, after: before, at: index - 1)
    }
    switch before {
    case .leftOut: state = .leftOut
    case .line, .field:
      records.append(UInt8(ascii: "\r"))
      state = .unquoted
    case .quote: throw textAfterQuote(at: index - 1, in: chunk)
    }
  }

  /// Ends a line whose last byte is at `index`, and the record on it.
  mutating func endLine(_ records: inout Records, after before: Before, at index: Int) {
    switch before {
    case .line: records.endRecord(line: recordLine)
    case .field: endRecord(&records, isQuoted: false)
    case .quote: endRecord(&records, isQuoted: true)
    case .leftOut: break
    }
    startNextLine(at: index + 1)
    state = .lineStart
  }

  mutating func endRecord(_ records: inout Records, isQuoted: Bool) {
    endField(&records, isQuoted: isQuoted)
    records.endRecord(line: recordLine)
  }

  mutating func endField(_ records: inout Records, isQuoted: Bool) {
    if !isQuoted, dialect.trims || !nullWords.isEmpty { finishText(&records) }
    records.endField()
  }

  /// Drops blanks behind an unquoted field, and the field itself when it is a null word.
  private func finishText(_ records: inout Records) {
    var field = records.bytes[records.openFieldStart...]
    while dialect.trims, let last = field.last, isBlank(last) { field.removeLast() }
    let isNull = nullWords.contains { $0.elementsEqual(field) }
    records.truncateField(to: isNull ? 0 : field.count)
  }

  /// Counts the line that `byte` ends inside a field.
  mutating func countLine(ending byte: UInt8, at index: Int) {
    if byte == lineEnd.byte { startNextLine(at: index + 1) }
  }

  mutating func startNextLine(at index: Int) {
    line += 1
    position.startLine(at: index)
  }

  /// Whether the next byte is the first of a line that may be a record.
  var isAtLineStart: Bool { if case .lineStart = state { true } else { false } }

  /// Passes over whole lines.
  mutating func skip(lines count: Int) {
    line += count
    position.startLine(at: 0)
  }

  /// The text of a line that starts in `chunk`, whose first byte is in line `firstLine`.
  ///
  /// - Parameter isWhole: whether the first line begins with the chunk.
  func text(
    ofLine line: Int, in chunk: ArraySlice<UInt8>, firstLine: Int, isWhole: Bool
  ) -> String? {
    var rest = chunk
    for _ in firstLine..<max(firstLine, line) {
      guard let end = rest.firstIndex(of: lineEnd.byte) else { return nil }
      rest = rest[(end + 1)...]
    }
    guard rest.startIndex > chunk.startIndex || isWhole else { return nil }
    return lineText(in: rest.span, from: 0, endingIn: lineEnd)
  }

  /// The error for text after a closing quote.
  ///
  /// It points at that quote, or, where the field began on an earlier line, at the quote that opened
  /// it and was probably meant to be closed on that line.
  func textAfterQuote(at index: Int, in chunk: Span<UInt8>) -> Diagnostic {
    guard opened.line < line else {
      return position.diagnostic(.textAfterQuote, at: position.mark(index, line: line), in: chunk)
    }
    return position.diagnostic(.runawayQuote(closedOn: line), at: opened, in: chunk)
  }

  /// Whether the line so far holds nothing at all.
  func isBlankLine(_ records: Records) -> Bool {
    records.openByteCount == 0 && records.isAtFirstField
  }

  func isBlank(_ byte: UInt8) -> Bool {
    (byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")) && byte != dialect.delimiter
  }

  func isLetterOrDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"):
      true
    default: false
    }
  }

  /// Whether the next byte may belong to a quoted field, or show that the field did not end.
  private var isInQuotes: Bool {
    switch state {
    case .quoted, .quote, .escape(inQuotes: true), .carriageReturn(.quote): true
    default: false
    }
  }

  /// Keeps what later errors will quote from this chunk, and throws when a record is too long.
  mutating func end(of chunk: Span<UInt8>, _ records: Records) throws(Diagnostic) {
    if isInQuotes { position.keep(&opened, in: chunk) }
    let limit = dialect.maximumRecordBytes
    guard records.openFieldCount <= limit >> 3 else {
      throw Diagnostic(
        .endlessFields(limit >> 3), at: Place(file: position.file, line: recordLine))
    }
    guard records.openByteCount <= limit else {
      if isInQuotes { throw position.diagnostic(.endlessQuote(limit), at: opened) }
      throw Diagnostic(.endlessRecord(limit), at: Place(file: position.file, line: recordLine))
    }
    position.end(of: chunk)
  }
}

extension Diagnostic.Message {
  static let unclosedQuote = Self(
    "quoted field is never closed",
    remedy: "add the missing \", or set quoting = false if quotes are text in this file")

  static let strayQuote = Self(
    "quote inside an unquoted field",
    remedy: "put the field in quotes and double the quotes inside, or set quoting = false")

  static let blankBeforeQuote = Self(
    "blank before the opening quote of a field",
    remedy: "set trim = true, which drops blanks around fields, or quoting = false")

  static func runawayQuote(closedOn line: Int) -> Self {
    Self(
      "the quoted field that opens here goes on to line \(line), where text follows its end",
      remedy:
        "close the quote on its own line, double the quotes inside the field, or set quoting = false"
    )
  }

  static let textAfterQuote = Self(
    "text after the closing quote of a field",
    remedy: "double the quotes inside the field, or check the delimiter and quoting")

  static func endlessQuote(_ limit: Int) -> Self {
    Self(
      "quoted field is not closed within \(limit >> 20) MB",
      remedy: "add the missing \", set quoting = false if quotes are text in this file, or"
        + " \(RowLimit.remedy)")
  }

  static func endlessFields(_ limit: Int) -> Self {
    Self(
      "record has more than \(limit) fields",
      remedy: "check that this is a text file and that delimiter is the byte between its fields, or"
        + " \(RowLimit.remedy)")
  }

  static func endlessRecord(_ limit: Int) -> Self {
    Self(
      "record is longer than \(limit >> 20) MB",
      remedy: "check that this is a text file whose lines end with LF, CR LF or CR, or"
        + " \(RowLimit.remedy)")
  }
}
