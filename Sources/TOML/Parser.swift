import Diagnostics

/// Reads the expressions of a TOML text into tables, by recursive descent.
struct Parser {
  /// How many tables and arrays may hold one another: what keeps the call stack bounded.
  static let maximumDepth = 100

  var cursor: Cursor

  init(_ source: TOMLSource) throws(Diagnostic) {
    if let failure = invalidUTF8(in: source) { throw failure }
    cursor = Cursor(source)
  }

  /// The whole text.
  mutating func document() throws(Diagnostic) -> TOMLTable {
    let root = TableBuilder(.header)
    var current = root
    var depth = 0
    try skipBlankLines()
    while !cursor.isAtEnd {
      if cursor.next == .leftBracket {
        (current, depth) = try header(in: root)
      } else {
        try keyValue(into: current, depth: depth)
      }
      try endOfLine()
      try skipBlankLines()
    }
    return root.finished()
  }

  /// The whole text as one value.
  mutating func singleValue() throws(Diagnostic) -> TOMLNode {
    cursor.skipBlanks()
    let node = try value(depth: 0)
    cursor.skipBlanks()
    guard cursor.isAtEnd else { throw cursor.failure(.textAfterValue) }
    return node
  }

  /// Reads `key = value` into a table that lies `depth` tables deep.
  mutating func keyValue(into table: TableBuilder, depth: Int) throws(Diagnostic) {
    let path = try keyPath()
    let depth = depth + path.count
    guard depth <= Self.maximumDepth else { throw failure(.tooDeep, at: path[0].range) }
    guard cursor.take(.equals) else { throw cursor.failure(.noEqualsSign) }
    cursor.skipBlanks()
    let node = try value(depth: depth)
    try assign(node, to: path, in: table)
  }

  mutating func value(depth: Int) throws(Diagnostic) -> TOMLNode {
    guard depth <= Self.maximumDepth else { throw cursor.failure(.tooDeep) }
    let start = cursor.mark()
    let value: TOMLValue =
      switch cursor.next {
      case .quote, .apostrophe: .string(try string())
      case .leftBracket: .array(try array(depth: depth + 1))
      case .leftBrace: .table(try inlineTable(depth: depth))
      default: try scalar()
      }
    return TOMLNode(value, at: cursor.range(from: start))
  }

  func failure(_ message: Diagnostic.Message, at range: SourceRange) -> Diagnostic {
    cursor.source.diagnostic(message, at: range)
  }
}

extension Parser {
  /// Moves over white space, comments and line ends.
  mutating func skipBlankLines() throws(Diagnostic) {
    repeat {
      cursor.skipBlanks()
      try skipComment()
    } while cursor.takeLineEnd()
  }

  private mutating func endOfLine() throws(Diagnostic) {
    cursor.skipBlanks()
    try skipComment()
    guard cursor.isAtEnd || cursor.takeLineEnd() else {
      try refuseControl()
      throw cursor.failure(.textAfterValue)
    }
  }

  private mutating func skipComment() throws(Diagnostic) {
    guard cursor.take(.numberSign) else { return }
    _ = cursor.take { $0 >= .space && $0 != 0x7F || $0 == .tab }
    try refuseControl()
  }

  /// Throws if the cursor is at a control character that TOML allows nowhere.
  mutating func refuseControl() throws(Diagnostic) {
    guard !cursor.isAtEnd else { return }
    let byte = cursor.next
    if byte == .carriageReturn, cursor.byte(after: 1) != .lineFeed {
      throw cursor.failure(.bareCarriageReturn)
    }
    if byte.isControl { throw cursor.failure(.controlCharacter(byte)) }
  }
}

private func invalidUTF8(in source: TOMLSource) -> Diagnostic? {
  let bytes = source.bytes
  do throws(UTF8.ValidationError) {
    _ = try UTF8Span(validating: bytes.span)
    return nil
  } catch {
    var cursor = Cursor(source)
    while cursor.offset < error.byteOffsets.lowerBound {
      if !cursor.takeLineEnd() { cursor.advance() }
    }
    return cursor.failure(.invalidUTF8)
  }
}

extension Diagnostic.Message {
  static let tooDeep = Self(
    "tables and arrays are nested more than \(Parser.maximumDepth) deep",
    remedy: "give the inner values keys of their own")

  fileprivate static let noEqualsSign = Self(
    "a key must be followed by '=' and its value",
    remedy:
      "write key = value; put quotes around a key that holds other characters than A-Z a-z 0-9 _ -")

  fileprivate static let textAfterValue = Self(
    "the line should end here", remedy: "start a new line, or put '#' before a comment")

  fileprivate static let bareCarriageReturn = Self(
    "a carriage return without a line feed", remedy: "end lines with a line feed")

  fileprivate static let invalidUTF8 = Self(
    "this byte is not UTF-8", remedy: "save the file as UTF-8")

  fileprivate static func controlCharacter(_ byte: UInt8) -> Self {
    let digits = String(byte, radix: 16, uppercase: true)
    let name = "U+00\(byte < 16 ? "0" : "")\(digits)"
    return Self(
      "the control character \(name) is not allowed",
      remedy: "remove it, or write \\u00\(name.suffix(2)) in a string in double quotes")
  }
}
