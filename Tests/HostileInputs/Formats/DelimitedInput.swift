import Diagnostics
import Text

extension HostileFormat {
  /// Delimited text; the first two bytes say in which dialect and encoding the others are read.
  static let delimited = HostileFormat(
    "delimited",
    words: [
      ",", "\t", ";", "\"", "\"\"", "\",\"", "\\", "\\\"", "\\N", "#", "\n", "\r\n", "\r", "NULL",
      "\u{FEFF}", "\u{0}", "sep=;\n", "é", "   ", "\n\n",
    ]
  ) { bytes throws(Violation) in
    guard bytes.count >= 2 else { return false }
    let (how, other) = (bytes[0], bytes[1])
    let text = Array(bytes.dropFirst(2))
    let dialect = Dialect {
      $0.delimiter = how & 1 == 0 ? UInt8(ascii: ",") : UInt8(ascii: "\t")
      $0.quote = how & 2 == 0 ? UInt8(ascii: "\"") : nil
      $0.strayQuotes = how & 4 == 0 ? .refuse : .keep
      $0.escape = how & 8 == 0 ? nil : UInt8(ascii: "\\")
      $0.comment = how & 16 == 0 ? nil : UInt8(ascii: "#")
      $0.hasHeader = how & 32 == 0
      $0.trims = how & 64 != 0
      $0.nullWords = how & 128 == 0 ? [] : ["NULL", "\\N"]
      $0.skippedLines = Int(other >> 7)
    }
    let encodings = TextEncoding.allCases
    func rows(step: Int) throws(Diagnostic) -> Rows {
      try Rows(
        text, step: step, dialect: dialect,
        encoding: encodings[Int(other & 7) % encodings.count],
        invalid: other & 8 == 0 ? .refuse : .replace,
        columns: other & 16 == 0 ? nil : [ColumnChoice("a", .number(1))],
        malformedRows: other & 32 == 0 ? .refuse : .skip)
    }
    let isText = isText(text, encodings[Int(other & 7) % encodings.count])
    return try agree("whole and cut", isText: isText) { () throws(Diagnostic) in
      try rows(step: .max)
    } _: { () throws(Diagnostic) in
      try rows(step: 1 + Int(other >> 5) % 7)
    } != nil
  }

  /// A table artifact.
  static let table = HostileFormat(
    "table",
    words: ["line\t", "\t", "\n", "\\t", "\\n", "\\\\", "\\x", "2:", "99999999999999999999"]
  ) { bytes throws(Violation) in
    let read = try agree("whole and cut") { () throws(Diagnostic) in
      try Rows(table: bytes)
    } _: {
      () throws(Diagnostic) in
      try Rows(table: bytes, step: 1 + bytes.count % 7)
    }
    guard let read else { return false }
    var text = TableText.header(read.columns)
    for (fields, origin) in zip(read.fields, read.origins) {
      var batch = RowBatch(columnCount: read.columns.count)
      guard let origin = Origin(Array(origin.utf8).span) else {
        throw Violation("origin \(origin)")
      }
      batch.append(fields, origin)
      TableText.append(batch, to: &text)
    }
    let again = try rereading("a table") { () throws(Diagnostic) in try Rows(table: text) }
    try require(again == read, "\(read) reads again as \(again)")
    return true
  }
}
