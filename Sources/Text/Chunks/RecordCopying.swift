/// Records of a delimited file copied into lines of a table, without rows between them.
///
/// What is rare is left to `DelimitedRows`: dialects with more than quotes, records that are wrong or do
/// not end with the lines, and those that look like several.
struct RecordCopying: Sendable {
  private let delimiter: UInt8
  /// The byte around fields; one that no text has where there is none.
  private let quote: UInt8
  /// How many fields a record has.
  private let width: Int
  /// Which of them become the columns of the table.
  private let columns: [Int]
  private let fileNumber: Int

  /// Nil for a dialect that is left to `DelimitedRows`.
  ///
  /// - Parameters:
  ///   - columns: the places of the table's columns in a record, below the width.
  ///   - fileNumber: the file's in origins.
  init?(_ dialect: Dialect, width: Int, columns: [Int], fileNumber: Int) {
    guard dialect.escape == nil, dialect.comment == nil, !dialect.trims, dialect.nullWords.isEmpty,
      ![UInt8(ascii: "\n"), UInt8(ascii: "\r"), dialect.quote].contains(dialect.delimiter),
      // Others would have to be escaped in a table where they are doubled.
      [nil, UInt8(ascii: "\"")].contains(dialect.quote)
    else { return nil }
    delimiter = dialect.delimiter
    quote = dialect.quote ?? 0xFF
    self.width = width
    self.columns = columns
    self.fileNumber = fileNumber
  }

  /// A field of a record.
  private struct Field {
    /// Where it lies, without the quotes around it.
    var range = 0..<0
    /// Whether it stands in the table as it stands here.
    var isPlain = true
  }

  /// What is left to `DelimitedRows`.
  private struct Oddity: Error {}

  /// Appends the lines of whole records.
  ///
  /// - Parameter firstLine: the number of the first line of the records.
  /// - Returns: how many rows and lines they are; nil, with anything appended, when some are left to
  ///   `DelimitedRows`.
  func copy(
    _ records: Span<UInt8>, firstLine: Int, into text: inout [UInt8]
  ) -> (rowCount: Int, lineCount: Int)? {
    text.reserveCapacity(text.count + records.count + records.count / 8)
    // As spans, since counting references to arrays in each record waits for what it wrote.
    let columns = columns.span
    var fields = Array(repeating: Field(), count: width)
    var (index, line, rowCount) = (0, firstLine, 0)
    do throws(Oddity) {
      while index < records.count {
        if let end = lineEnd(records, index) {
          // A blank line, which is a row where there is one column.
          guard width > 1 else { return nil }
          index = end
          line += 1
          continue
        }
        let start = line
        try readRecord(records, &index, &line, &fields)
        guard !MissingQuotes.mayHold(from: start, to: line) else { return nil }
        append(
          fields.span, as: columns, of: records, Origin(file: fileNumber, line: start), to: &text)
        rowCount += 1
      }
    } catch { return nil }
    return (rowCount, line - firstLine)
  }

  /// Reads a record that begins at an index, and moves behind it.
  private func readRecord(
    _ records: Span<UInt8>, _ index: inout Int, _ line: inout Int, _ fields: inout [Field]
  ) throws(Oddity) {
    var count = 0
    while count < width, index < records.count {
      let field =
        records[index] == quote
        ? try quotedField(records, &index, &line) : try unquotedField(records, &index)
      fields[count] = field
      count += 1
      guard index < records.count, records[index] == delimiter else {
        guard count == width, let end = lineEnd(records, index) else { throw Oddity() }
        index = end
        line += 1
        return
      }
      index += 1
    }
    throw Oddity()
  }

  /// Where the next line begins, if a line ends at an index.
  @inline(__always)
  private func lineEnd(_ records: Span<UInt8>, _ index: Int) -> Int? {
    guard index < records.count else { return nil }
    if records[index] == UInt8(ascii: "\n") { return index + 1 }
    guard records[index] == UInt8(ascii: "\r"), index + 1 < records.count,
      records[index + 1] == UInt8(ascii: "\n")
    else { return nil }
    return index + 2
  }

  @inline(__always)
  private func quotedField(
    _ records: Span<UInt8>, _ index: inout Int, _ line: inout Int
  ) throws(Oddity) -> Field {
    var field = Field()
    let start = index + 1
    var end = start
    while true {
      end = firstSpecial(records, from: end)
      guard end < records.count else { throw Oddity() }
      if records[end] == quote {
        guard end + 1 < records.count, records[end + 1] == quote else { break }
        end += 1
      } else if records[end] == UInt8(ascii: "\n") {
        line += 1
      }
      field.isPlain = false
      end += 1
    }
    field.range = start..<end
    index = end + 1
    return field
  }

  @inline(__always)
  private func unquotedField(
    _ records: Span<UInt8>, _ index: inout Int
  ) throws(Oddity) -> Field {
    var field = Field()
    let start = index
    while true {
      index = records.first(from: index) {
        Self.areSpecial($0, or: quote) .| $0.isEqual(to: delimiter)
      }
      guard index < records.count, records[index] != quote else { throw Oddity() }
      if records[index] == delimiter || lineEnd(records, index) != nil { break }
      field.isPlain = false
      index += 1
    }
    field.range = start..<index
    return field
  }

  /// The first byte of a quoted field that may not stand in the table as it stands here.
  @inline(__always)
  private func firstSpecial(_ bytes: Span<UInt8>, from start: Int) -> Int {
    bytes.first(from: start) { Self.areSpecial($0, or: quote) }
  }

  /// The bytes that a table writes as two, other control characters that are rare, and quotes.
  @inline(__always)
  private static func areSpecial(_ bytes: ByteBlock, or quote: UInt8) -> ByteMask {
    bytes.isEqual(to: quote) .| bytes.isEqual(to: UInt8(ascii: "\\"))
      .| (bytes .<= ByteBlock(repeating: UInt8(ascii: "\r")))
  }

  /// Appends a record's line.
  @inline(__always)
  private func append(
    _ fields: Span<Field>, as columns: Span<Int>, of records: Span<UInt8>, _ origin: Origin,
    to text: inout [UInt8]
  ) {
    var most = OutputSpan<UInt8>.mostOfOrigin + 1
    for place in columns.indices {
      let field = fields[columns[place]]
      // A byte of a field becomes two at most.
      most += 1 + field.range.count * (field.isPlain ? 1 : 2)
    }
    text.append(addingCapacity: most) { line in
      line.append(origin)
      for place in columns.indices {
        line.append(UInt8(ascii: "\t"))
        let field = fields[columns[place]]
        let bytes = records.extracting(field.range)
        if field.isPlain { line.append(copying: bytes) } else { append(bytes, to: &line) }
      }
      line.append(UInt8(ascii: "\n"))
    }
  }

  /// Appends a field with single quotes for doubled ones, and what would end it escaped.
  private func append(_ field: Span<UInt8>, to line: inout OutputSpan<UInt8>) {
    var start = 0
    while true {
      let end = firstSpecial(field, from: start)
      line.append(copying: field.extracting(start..<end))
      guard end < field.count else { return }
      start = end + 1
      if field[end] == quote {
        line.append(quote)
        start += 1
      } else if let letter = TableText.letter(of: field[end]) {
        line.append(UInt8(ascii: "\\"))
        line.append(letter)
      } else {
        line.append(field[end])
      }
    }
  }
}
