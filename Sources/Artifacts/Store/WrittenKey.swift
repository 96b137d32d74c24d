/// The text of a key, as a record was given it or as it read it.
enum WrittenKey: Sendable {
  case text(String)
  /// The record's lines of it, each with the line's name; most looks at a record need no text of them.
  case lines(ArraySlice<UInt8>)

  /// What stands before each line of a key in a record.
  static let lineStart = Array("key\t".utf8)

  var text: String {
    switch self {
    case .text(let text): text
    case .lines(let lines): Self.text(of: lines)
    }
  }

  private static func text(of lines: ArraySlice<UInt8>) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(lines.count)
    for line in lines.split(separator: UInt8(ascii: "\n")) {
      bytes += line.dropFirst(lineStart.count)
      bytes.append(UInt8(ascii: "\n"))
    }
    // Line ends stand between the lines.
    return String(decoding: bytes.dropLast(), as: UTF8.self)
  }
}
