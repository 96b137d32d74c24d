import Diagnostics

extension Parser {
  /// `[a, b]`, over any number of lines; `depth` is that of its elements.
  mutating func array(depth: Int) throws(Diagnostic) -> [TOMLNode] {
    let start = cursor.mark()
    cursor.advance()
    var nodes: [TOMLNode] = []
    try skipBlankLines()
    while !cursor.take(.rightBracket) {
      try expectMore(.unclosedArray, from: start)
      nodes.append(try value(depth: depth))
      try skipBlankLines()
      if !cursor.take(.comma) {
        guard cursor.next == .rightBracket else {
          try expectMore(.unclosedArray, from: start)
          throw cursor.failure(.noCommaInArray)
        }
      }
      try skipBlankLines()
    }
    return nodes
  }

  /// `{ a = 1, b = 2 }` on one line, in a place `depth` tables and arrays deep.
  mutating func inlineTable(depth: Int) throws(Diagnostic) -> TOMLTable {
    let start = cursor.mark()
    cursor.advance()
    let table = TableBuilder(.inline)
    cursor.skipBlanks()
    if cursor.take(.rightBrace) { return table.finished() }
    while true {
      try expectMore(.unclosedInlineTable, from: start)
      try keyValue(into: table, depth: depth)
      cursor.skipBlanks()
      if cursor.take(.rightBrace) { return table.finished() }
      try expectMore(.unclosedInlineTable, from: start)
      guard cursor.take(.comma) else { throw cursor.failure(.noCommaInTable) }
      cursor.skipBlanks()
      if cursor.next == .rightBrace { throw cursor.failure(.trailingComma) }
    }
  }

  private mutating func expectMore(
    _ message: Diagnostic.Message, from start: Cursor.Mark
  ) throws(Diagnostic) {
    try refuseControl()
    let isLineEnd = cursor.next == .lineFeed || cursor.next == .carriageReturn
    guard !cursor.isAtEnd, !isLineEnd, cursor.next != .numberSign else {
      throw cursor.failure(message, from: start)
    }
  }
}

extension Diagnostic.Message {
  fileprivate static let unclosedArray = Self(
    "this array is never closed", remedy: "add the missing ]")

  fileprivate static let noCommaInArray = Self(
    "elements of an array are separated by commas", remedy: "add a ',' or the closing ]")

  fileprivate static let unclosedInlineTable = Self(
    "this table is not closed on its line",
    remedy: "add the missing }, or write it under a [header] of its own")

  fileprivate static let noCommaInTable = Self(
    "entries of a table in braces are separated by commas", remedy: "add a ',' or the closing }")

  fileprivate static let trailingComma = Self(
    "a table in braces may not end in a comma", remedy: "remove the comma")
}
