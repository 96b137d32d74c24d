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
    let whole = Result { () throws(Diagnostic) in try rows(step: .max) }
    // A byte-order mark that is cut in two is not recognised.
    let cut = Result { () throws(Diagnostic) in try rows(step: 3 + Int(other >> 5) % 4) }
    switch (whole, cut) {
    case (.success(let whole), .success(let cut)):
      try require(whole == cut, "whole \(whole), cut \(cut)")
      return true
    case (.failure(let whole), .failure(let cut)):
      // Of a wrong byte and a wrong place for it, the cut decides which is seen first. They agree on
      // the line where lines end in LF: a decoder counts no others.
      try require(
        text.contains(UInt8(ascii: "\r")) || whole.place?.line == cut.place?.line,
        "whole \(whole), cut \(cut)")
      return false
    default: throw Violation("whole \(whole), cut \(cut)")
    }
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
