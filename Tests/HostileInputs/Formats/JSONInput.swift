import Diagnostics
import Formats
import Text

extension HostileFormat {
  private static let jsonWords = [
    "{", "}", "[", "]", ":", ",", "\"", "null", "true", "false", "\\u0000", "\\ud83d", "\\ude00",
    "\\\\", "1e999", "-0", "1E+2", "\"\":", "[[[[[[[[", "{\"a\":", "\r\n", "\n", "\u{FEFF}",
  ]

  /// One value.
  static let json = HostileFormat("json", words: jsonWords) { bytes throws(Violation) in
    let value: JSONValue
    do throws(Diagnostic) { value = try JSONValue(parsing: bytes, file: "f") } catch {
      try require(error.place?.line != nil, "no place: \(error)")
      return false
    }
    for text in [value.compact, value.pretty] {
      let again = try rereading(text) { () throws(Diagnostic) in
        try JSONValue(parsing: text, file: "f")
      }
      try require(again == value, "\(text) reads as \(again)")
    }
    return true
  }

  /// Rows: lists of objects, objects one after the other, lists within.
  ///
  /// The first byte says how the others are read.
  static let jsonRows = HostileFormat(
    "json-rows", words: jsonWords + ["\"text\"", "\"label\"", "\"user\"", "\"data\""]
  ) { bytes throws(Violation) in
    let how = bytes.first ?? 0
    let members = [
      ColumnChoice("text", .header("text")), ColumnChoice("who", .header("user.name")),
    ]
    let choices: [ColumnChoice]? =
      switch how & 0x41 {
      case 0: nil
      case 0x40: [ColumnChoice("first", .number(1), joinsLists: true)]
      default: members
      }
    func rows(step: Int) throws(Diagnostic) -> Rows {
      try Rows(
        json: Array(bytes.dropFirst()), step: step, columns: choices,
        rows: how & 2 == 0 ? nil : "data", invalid: how & 4 == 0 ? .refuse : .replace,
        malformedRows: how & 8 == 0 ? .refuse : .skip)
    }
    return try agree("whole and cut", isText: isText(Array(bytes.dropFirst()))) {
      () throws(Diagnostic) in
      try rows(step: .max)
    } _: { () throws(Diagnostic) in
      try rows(step: 1 + Int(how >> 4) % 7)
    } != nil
  }
}
