import Formats

/// The lines of a definition that some of its stages are planned from, each in its place.
struct DefinitionExtract: Hashable, Sendable {
  /// Lines that follow one another, and the first one's number, counted from 1.
  struct Piece: Hashable, Sendable {
    let line: Int
    let text: String
  }

  /// In the order of their lines.
  let pieces: [Piece]
  /// The stages that it has; nil for all.
  let stages: Set<String>?

  /// The whole text, with empty lines in place of those that are missing.
  var text: String {
    var (text, line) = ("", 1)
    for piece in pieces {
      text += String(repeating: "\n", count: piece.line - line) + piece.text
      line = piece.line + piece.text.utf8.count { $0 == UInt8(ascii: "\n") }
    }
    return text
  }
}

/// A definition's text as an order holds it.
extension DefinitionExtract {
  init?(_ json: JSONValue) {
    guard let pieces = json["pieces"]?.arrayValue else { return nil }
    var line = 1
    var read: [Piece] = []
    for piece in pieces {
      guard let start = piece["line"]?.intValue, let text = piece["text"]?.stringValue,
        (line...1 << 32).contains(start)
      else { return nil }
      read.append(Piece(line: start, text: text))
      line = start + text.utf8.count { $0 == UInt8(ascii: "\n") }
    }
    self.init(
      pieces: read,
      stages: json["stages"]?.arrayValue.map { Set($0.compactMap(\.stringValue)) })
  }

  var json: JSONValue {
    [
      "stages": stages.map { .array($0.sorted().map { .string($0) }) } ?? .null,
      "pieces": .array(
        pieces.map { ["line": .integer($0.line), "text": .string($0.text)] }),
    ]
  }
}
