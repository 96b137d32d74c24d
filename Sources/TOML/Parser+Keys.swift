import Diagnostics

/// One name of a dotted key, and where it was written.
struct Key {
  let name: String
  let range: SourceRange
}

extension Parser {
  /// One or more keys joined by dots, and the white space after them.
  mutating func keyPath() throws(Diagnostic) -> [Key] {
    var path = [try key()]
    cursor.skipBlanks()
    while cursor.take(.dot) {
      cursor.skipBlanks()
      path.append(try key())
      cursor.skipBlanks()
    }
    return path
  }

  private mutating func key() throws(Diagnostic) -> Key {
    let start = cursor.mark()
    let name: String
    if cursor.next == .quote || cursor.next == .apostrophe {
      name = try singleLineString()
    } else {
      name = String(decoding: cursor.take(while: \.isBareKey), as: UTF8.self)
    }
    guard cursor.offset > start.offset else {
      try refuseControl()
      throw cursor.failure(.noKey)
    }
    return Key(name: name, range: cursor.range(from: start))
  }
}

extension Diagnostic.Message {
  fileprivate static let noKey = Self(
    "a key is expected here",
    remedy: "write A-Z a-z 0-9 _ - or put the key in quotes")
}
