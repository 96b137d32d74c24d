import Formats

/// What must be known of a piece of a dataset so that it can be used again, elsewhere too.
struct DatasetPieceNote: Sendable {
  /// The line that its first row came from.
  let line: Int
  /// How many rows were read, and how many it has.
  let readCount: Int
  let writtenCount: Int
  /// How many ids it has in each column.
  let idCounts: [Int]
  /// The tokens of each column.
  let tokens: [UnknownTokens.Count]

  init(
    line: Int, readCount: Int, writtenCount: Int, idCounts: [Int], tokens: [UnknownTokens.Count]
  ) {
    self.line = line
    self.readCount = readCount
    self.writtenCount = writtenCount
    self.idCounts = idCounts
    self.tokens = tokens
  }

  /// The note as one line.
  var text: String {
    let json: JSONValue = [
      "line": .integer(line), "read": .integer(readCount), "written": .integer(writtenCount),
      "ids": .array(idCounts.map { .integer($0) }),
      "tokens": .array(tokens.map { [.integer($0.tokens), .integer($0.unknownTokens)] }),
    ]
    return json.compact
  }

  /// Reads a note; nil when it is none.
  init?(text: String) {
    guard let json = try? JSONValue(parsing: text, file: "note"), let line = json["line"]?.intValue,
      let readCount = json["read"]?.intValue, let writtenCount = json["written"]?.intValue,
      let ids = json["ids"]?.arrayValue, let tokens = json["tokens"]?.arrayValue
    else { return nil }
    self.line = line
    self.readCount = readCount
    self.writtenCount = writtenCount
    idCounts = ids.compactMap(\.intValue)
    self.tokens = tokens.compactMap { pair in
      guard let pair = pair.arrayValue, pair.count == 2, let tokens = pair[0].intValue,
        let unknown = pair[1].intValue
      else { return nil }
      return UnknownTokens.Count(tokens: tokens, unknownTokens: unknown)
    }
    guard self.tokens.count == tokens.count, idCounts.count == ids.count else { return nil }
  }
}
