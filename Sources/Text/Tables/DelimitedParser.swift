import Diagnostics

/// The grammar of delimited text: takes bytes chunk by chunk and yields records; does no I/O.
///
/// LF and CR LF end a line; a lone CR ends one if `lineEnd` says so, and else is text. A blank line is
/// a record without fields. A comment is a line of its own.
package struct DelimitedParser: Sendable {
  enum State: Sendable {
    case lineStart, fieldStart, unquoted, quoted
    /// After a quote inside a quoted field, which ends the field or is the first of two.
    case quote
    /// After the escape byte.
    case escape(inQuotes: Bool)
    /// After a CR that may end a line, with the state before it.
    case carriageReturn(Before)
    /// Inside a line that is left out.
    case leftOut
  }

  enum Before: Sendable { case line, field, quote, leftOut }

  let dialect: Dialect
  var state = State.lineStart
  let lineEnd: LineEnd
  /// The line being read, counted from 1.
  package internal(set) var line = 1
  var recordLine = 1
  var position: ChunkPosition
  /// Where the quote opened that is not closed yet.
  var opened = ChunkPosition.Mark()
  private var linesToSkip: Int
  private let inText: ByteSearch
  private let inQuotes: ByteSearch
  let nullWords: [[UInt8]]

  package init(_ dialect: Dialect, lineEnd: LineEnd = .lineFeed, file: String) {
    self.lineEnd = lineEnd
    let (lineFeed, carriageReturn) = (UInt8(ascii: "\n"), UInt8(ascii: "\r"))
    self.dialect = dialect
    position = ChunkPosition(file: file, lineEnd: lineEnd)
    linesToSkip = dialect.skippedLines
    inText = ByteSearch([
      dialect.delimiter, lineFeed, carriageReturn, dialect.quote, dialect.escape,
    ])
    inQuotes = ByteSearch([dialect.quote, lineFeed, carriageReturn, dialect.escape])
    nullWords = dialect.nullWords.map { Array($0.utf8) }
  }

  /// A parser like this one at the start of a line, which begins a record; nil where lines are counted
  /// otherwise than by LF, and while the first ones are left out.
  func atLine(_ line: Int) -> DelimitedParser? {
    guard linesToSkip == 0, lineEnd.byte == UInt8(ascii: "\n") else { return nil }
    var parser = self
    parser.state = .lineStart
    parser.line = line
    parser.position = ChunkPosition(file: position.file, lineEnd: lineEnd)
    return parser
  }

  /// Takes the next bytes, which must be UTF-8; a character may be cut between two chunks.
  package mutating func consume(
    _ chunk: Span<UInt8>, into records: inout Records
  ) throws(Diagnostic) {
    position.begin()
    var index = 0
    while index < chunk.count { try step(chunk, &index, &records) }
    try end(of: chunk, records)
  }

  /// Takes the end of the file.
  package mutating func finish(into records: inout Records) throws(Diagnostic) {
    switch state {
    case .lineStart, .leftOut, .carriageReturn(.leftOut): break
    case .carriageReturn(.line): records.endRecord(line: recordLine)
    case .carriageReturn(.quote): endRecord(&records, isQuoted: true)
    case .quote: endRecord(&records, isQuoted: true)
    case .fieldStart where isBlankLine(records): records.endRecord(line: recordLine)
    case .fieldStart, .unquoted, .carriageReturn(.field): endRecord(&records, isQuoted: false)
    case .escape(inQuotes: false): endRecord(&records, isQuoted: false)
    case .quoted, .escape(inQuotes: true): throw position.diagnostic(.unclosedQuote, at: opened)
    }
    state = .lineStart
  }

  /// Parses until the state changes or the chunk ends.
  private mutating func step(
    _ chunk: Span<UInt8>, _ index: inout Int, _ records: inout Records
  ) throws(Diagnostic) {
    switch state {
    case .lineStart: startLine(chunk[index])
    case .leftOut: leaveOut(chunk, &index)
    case .fieldStart: startField(chunk, &index)
    case .unquoted: try readText(chunk, &index, &records)
    case .quoted: readQuoted(chunk, &index, &records)
    case .quote: try followQuote(chunk, &index, &records)
    case .escape(let inQuotes): unescape(chunk, &index, &records, inQuotes: inQuotes)
    case .carriageReturn(let before):
      try followCarriageReturn(chunk, &index, &records, after: before)
    }
  }

  private mutating func startLine(_ byte: UInt8) {
    recordLine = line
    if linesToSkip > 0 {
      linesToSkip -= 1
      state = .leftOut
    } else {
      state = byte == dialect.comment ? .leftOut : .fieldStart
    }
  }

  private mutating func startField(_ chunk: Span<UInt8>, _ index: inout Int) {
    let byte = chunk[index]
    if byte == dialect.quote {
      opened = position.mark(index, line: line)
      state = .quoted
      index += 1
    } else if dialect.trims, isBlank(byte) {
      index += 1
    } else {
      state = .unquoted
    }
  }

  private mutating func readText(
    _ chunk: Span<UInt8>, _ index: inout Int, _ records: inout Records
  ) throws(Diagnostic) {
    let end = inText.first(in: chunk, from: index)
    if end > index { records.append(chunk.extracting(index..<end)) }
    index = end
    guard end < chunk.count else { return }
    switch chunk[end] {
    case dialect.delimiter:
      endField(&records, isQuoted: false)
      state = .fieldStart
    case UInt8(ascii: "\n"):
      endLine(&records, after: isBlankLine(records) ? .line : .field, at: end)
    case UInt8(ascii: "\r"):
      state = .carriageReturn(isBlankLine(records) ? .line : .field)
    case dialect.escape:
      state = .escape(inQuotes: false)
    default:
      guard dialect.strayQuotes == .keep else {
        let isBlankBefore = records.openField.allSatisfy(isBlank)
        throw position.diagnostic(
          isBlankBefore && !records.openField.isEmpty ? .blankBeforeQuote : .strayQuote,
          at: position.mark(end, line: line), in: chunk)
      }
      records.append(chunk[end])
    }
    index += 1
  }

  private mutating func readQuoted(
    _ chunk: Span<UInt8>, _ index: inout Int, _ records: inout Records
  ) {
    let end = inQuotes.first(in: chunk, from: index)
    if end > index { records.append(chunk.extracting(index..<end)) }
    index = end
    guard end < chunk.count else { return }
    index += 1
    switch chunk[end] {
    case dialect.escape: state = .escape(inQuotes: true)
    case dialect.quote: state = .quote
    case let byte:
      records.append(byte)
      countLine(ending: byte, at: end)
    }
  }

  private mutating func followQuote(
    _ chunk: Span<UInt8>, _ index: inout Int, _ records: inout Records
  ) throws(Diagnostic) {
    let byte = chunk[index]
    switch byte {
    case dialect.delimiter:
      endField(&records, isQuoted: true)
      state = .fieldStart
    case dialect.quote:
      records.append(byte)
      state = .quoted
    case UInt8(ascii: "\n"): endLine(&records, after: .quote, at: index)
    case UInt8(ascii: "\r"): state = .carriageReturn(.quote)
    default:
      if dialect.trims || dialect.strayQuotes == .keep, isBlank(byte) { break }
      throw textAfterQuote(at: index, in: chunk)
    }
    index += 1
  }

  private mutating func leaveOut(_ chunk: Span<UInt8>, _ index: inout Int) {
    while index < chunk.count {
      let byte = chunk[index]
      index += 1
      if byte == UInt8(ascii: "\n") {
        startNextLine(at: index)
        state = .lineStart
        return
      }
      if byte == UInt8(ascii: "\r"), lineEnd != .lineFeed {
        state = .carriageReturn(.leftOut)
        return
      }
    }
  }

  private mutating func unescape(
    _ chunk: Span<UInt8>, _ index: inout Int, _ records: inout Records, inQuotes: Bool
  ) {
    let byte = chunk[index]
    if let control = Self.controls[byte] {
      records.append(control)
    } else {
      if let escape = dialect.escape, isLetterOrDigit(byte) { records.append(escape) }
      records.append(byte)
      countLine(ending: byte, at: index)
    }
    index += 1
    state = inQuotes ? .quoted : .unquoted
  }

  private static let controls: [UInt8: UInt8] = [
    UInt8(ascii: "n"): 0x0A, UInt8(ascii: "t"): 0x09, UInt8(ascii: "r"): 0x0D,
    UInt8(ascii: "b"): 0x08, UInt8(ascii: "f"): 0x0C, UInt8(ascii: "v"): 0x0B,
  ]
}
