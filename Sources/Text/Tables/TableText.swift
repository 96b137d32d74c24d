/// The text of a table artifact: tab-separated UTF-8 lines that end in LF, under a header line.
///
/// The first column, `line`, holds each row's origin; the named columns follow. In fields, backslash,
/// tab, LF and CR are written `\\`, `\t`, `\n` and `\r`.
package enum TableText {
  package static let originColumn = "line"
  private static let escaped = ByteSearch([0x5C, 0x09, 0x0A, 0x0D])
  private static let backslash = ByteSearch([UInt8(ascii: "\\")])

  /// The header line.
  package static func header(_ columns: [String]) -> [UInt8] {
    var text = Array(originColumn.utf8)
    for column in columns {
      text.append(UInt8(ascii: "\t"))
      append(Array(column.utf8).span, to: &text)
    }
    text.append(UInt8(ascii: "\n"))
    return text
  }

  /// Appends the lines of a batch.
  package static func append(_ batch: RowBatch, to text: inout [UInt8]) {
    if text.isEmpty { text.reserveCapacity(batch.bytes.count + batch.ends.count + batch.count * 8) }
    for row in 0..<batch.count {
      append(batch.origins[row], to: &text)
      for column in 0..<batch.columnCount {
        text.append(UInt8(ascii: "\t"))
        append(batch.bytes.span.extracting(batch.range(row, column)), to: &text)
      }
      text.append(UInt8(ascii: "\n"))
    }
  }

  static func append(_ origin: Origin, to text: inout [UInt8]) {
    text.append(addingCapacity: OutputSpan<UInt8>.mostOfOrigin) { $0.append(origin) }
  }

  /// Appends a field, what would end it escaped.
  package static func append(_ field: Span<UInt8>, to text: inout [UInt8]) {
    var start = 0
    while true {
      let end = escaped.first(in: field, from: start)
      text.append(copying: field.extracting(start..<end))
      guard end < field.count else { return }
      text.append(UInt8(ascii: "\\"))
      text.append(letter(of: field[end]) ?? field[end])
      start = end + 1
    }
  }

  /// Appends a field as it was before it was written.
  ///
  /// - Returns: false, with some of it appended, at a backslash that stands for nothing.
  @inline(__always)
  static func append(written field: Span<UInt8>, to text: inout [UInt8]) -> Bool {
    var start = 0
    while true {
      let end = backslash.first(in: field, from: start)
      text.append(copying: field.extracting(start..<end))
      guard end < field.count else { return true }
      guard end &+ 1 < field.count, let byte = byte(of: field[end &+ 1]) else { return false }
      text.append(byte)
      start = end &+ 2
    }
  }

  /// What stands for a byte behind a backslash; nil for one that needs none before it.
  static func letter(of byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "\t"): UInt8(ascii: "t")
    case UInt8(ascii: "\n"): UInt8(ascii: "n")
    case UInt8(ascii: "\r"): UInt8(ascii: "r")
    case UInt8(ascii: "\\"): byte
    default: nil
    }
  }

  /// The byte that a letter after a backslash stands for; nil for one that is never written.
  static func byte(of letter: UInt8) -> UInt8? {
    switch letter {
    case UInt8(ascii: "t"): UInt8(ascii: "\t")
    case UInt8(ascii: "n"): UInt8(ascii: "\n")
    case UInt8(ascii: "r"): UInt8(ascii: "\r")
    case UInt8(ascii: "\\"): UInt8(ascii: "\\")
    default: nil
    }
  }
}
