import Diagnostics
import Text

/// How rows are written into a file for other programs.
package enum TableFileFormat: String, CaseIterable, Sendable {
  /// As RFC 4180 has it, with LF at line ends.
  case csv
  /// Between tabs; backslash, tab, LF and CR in fields are `\\`, `\t`, `\n` and `\r`.
  case tsv
  /// An object a line.
  case jsonLines = "jsonl"

  /// The format that the end of a file's name says.
  ///
  /// - Throws: when it says none.
  package init(fileName: String) throws(Diagnostic) {
    let end = fileName.split(separator: "/").last?.split(separator: ".").dropFirst().last ?? ""
    switch end.lowercased() {
    case "csv": self = .csv
    case "tsv", "tab": self = .tsv
    case "jsonl", "ndjson", "json": self = .jsonLines
    default: throw Diagnostic(.unknownFormat(fileName))
    }
  }

  /// The line above the rows; nothing for JSON Lines.
  package func header(_ columns: [String]) -> [UInt8] {
    guard self != .jsonLines else { return [] }
    var names = RowBatch(columnCount: columns.count)
    names.append(columns, Origin(line: 1))
    return lines(of: names, under: columns)
  }

  /// The lines of rows.
  ///
  /// - Parameters:
  ///   - columns: what they are called.
  ///   - added: the last of them, which a model added: in JSON, numbers and null stand as such.
  package func lines(
    of batch: RowBatch, under columns: [String], added: [AnswerColumn] = []
  ) -> [UInt8] {
    precondition(columns.count == batch.columnCount, "\(columns.count) names")
    var text: [UInt8] = []
    text.reserveCapacity(batch.bytes.count + batch.bytes.count / 8)
    let own = columns.count - added.count
    let names = self == .jsonLines ? columns.map { Self.quoted($0) } : []
    for row in 0..<batch.count {
      for column in 0..<batch.columnCount {
        let field = batch.field(row, column)
        switch self {
        case .csv:
          if column > 0 { text.append(UInt8(ascii: ",")) }
          Self.appendCSV(field, to: &text)
        case .tsv:
          if column > 0 { text.append(UInt8(ascii: "\t")) }
          TableText.append(field.span, to: &text)
        case .jsonLines:
          text.append(UInt8(ascii: column == 0 ? "{" : ","))
          text += names[column]
          text.append(UInt8(ascii: ":"))
          let answer = column < own ? nil : added[column - own]
          if answer != nil, field.isEmpty {
            text += Array("null".utf8)
          } else if answer?.isNumber == true {
            text += field
          } else {
            Self.appendJSON(field, to: &text)
          }
        }
      }
      if self == .jsonLines { text.append(UInt8(ascii: "}")) }
      text.append(UInt8(ascii: "\n"))
    }
    return text
  }

  private static func appendCSV(_ field: ArraySlice<UInt8>, to text: inout [UInt8]) {
    let quote = UInt8(ascii: "\"")
    let isPlain =
      field.first != UInt8(ascii: " ") && field.last != UInt8(ascii: " ")
      && !field.contains { $0 == quote || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }
    guard !isPlain else {
      text += field
      return
    }
    text.append(quote)
    for byte in field {
      if byte == quote { text.append(quote) }
      text.append(byte)
    }
    text.append(quote)
  }

  private static func quoted(_ name: String) -> [UInt8] {
    var text: [UInt8] = []
    appendJSON(Array(name.utf8)[...], to: &text)
    return text
  }

  private static func appendJSON(_ field: ArraySlice<UInt8>, to text: inout [UInt8]) {
    text.append(UInt8(ascii: "\""))
    for byte in field {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        text += [UInt8(ascii: "\\"), byte]
      case 0x0A: text += Array("\\n".utf8)
      case 0x0D: text += Array("\\r".utf8)
      case 0x09: text += Array("\\t".utf8)
      case 0..<0x20: text += Array("\\u00\(byte < 0x10 ? "0" : "")\(String(byte, radix: 16))".utf8)
      default: text.append(byte)
      }
    }
    text.append(UInt8(ascii: "\""))
  }
}

extension Diagnostic.Message {
  fileprivate static func unknownFormat(_ name: String) -> Self {
    Self(
      "the name '\(name)' says no format to write",
      remedy: "let it end in .csv, .tsv or .jsonl")
  }
}
