import Diagnostics

/// A place in a TOML text that moves forward and knows its line and column.
struct Cursor {
  /// A place to come back to when saying where something began.
  struct Mark {
    let offset: Int
    let line: Int
    let column: Int
  }

  let source: TOMLSource
  /// Those of the source.
  private let bytes: [UInt8]
  private(set) var offset = 0
  private var line = 1
  /// Columns are counted from the last place asked for, so that counting them all is linear.
  private var counted = (offset: 0, column: 1)

  init(_ source: TOMLSource) {
    self.source = source
    bytes = source.bytes
    if bytes.starts(with: byteOrderMark) {
      offset = byteOrderMark.count
      counted.offset = offset
    }
  }

  var isAtEnd: Bool { offset >= bytes.count }

  /// The byte at the cursor; 0, which is legal nowhere, at the end.
  var next: UInt8 { byte(after: 0) }

  /// The byte `distance` further on; 0 beyond the end.
  func byte(after distance: Int) -> UInt8 {
    let position = offset + distance
    return position < bytes.count ? bytes[position] : 0
  }

  /// Moves over bytes that are not line ends.
  mutating func advance(_ count: Int = 1) { offset += count }

  /// Moves over `byte` if it is next.
  mutating func take(_ byte: UInt8) -> Bool {
    guard next == byte, !isAtEnd else { return false }
    offset += 1
    return true
  }

  /// Moves over the longest run of bytes that satisfy the condition, which refuses line ends.
  mutating func take(while isWanted: (UInt8) -> Bool) -> ArraySlice<UInt8> {
    let start = offset
    while !isAtEnd, isWanted(bytes[offset]) { offset += 1 }
    return bytes[start..<offset]
  }

  /// Moves over a line feed, or a carriage return with its line feed, if it is next.
  mutating func takeLineEnd() -> Bool {
    if next == .carriageReturn, byte(after: 1) == .lineFeed { offset += 1 }
    guard next == .lineFeed else { return false }
    offset += 1
    line += 1
    counted = (offset, 1)
    return true
  }

  mutating func skipBlanks() {
    while next == .space || next == .tab { offset += 1 }
  }

  mutating func mark() -> Mark {
    counted = (offset, counted.column + scalarCount(counted.offset..<offset))
    return Mark(offset: offset, line: line, column: counted.column)
  }

  /// From the mark to the cursor, or to the end of the mark's line.
  func range(from mark: Mark) -> SourceRange {
    let bytes = bytes[mark.offset..<max(mark.offset, offset)]
    let end = bytes.firstIndex { $0 == .lineFeed || $0 == .carriageReturn } ?? bytes.endIndex
    return SourceRange(
      line: mark.line, column: mark.column, length: scalarCount(mark.offset..<end))
  }

  /// A diagnostic that underlines what lies between the mark and the cursor.
  func failure(_ message: Diagnostic.Message, from mark: Mark) -> Diagnostic {
    source.diagnostic(message, at: range(from: mark))
  }

  /// A diagnostic that points at the cursor.
  mutating func failure(_ message: Diagnostic.Message) -> Diagnostic {
    failure(message, from: mark())
  }

  private func scalarCount(_ range: Range<Int>) -> Int {
    var count = 0
    for position in range where bytes[position] & 0xC0 != 0x80 { count += 1 }
    return count
  }
}
