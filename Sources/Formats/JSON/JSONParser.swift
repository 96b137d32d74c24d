import Diagnostics

extension JSONValue {
  /// Reads one JSON value (RFC 8259): duplicate names and nesting beyond 128 levels are refused.
  ///
  /// - Parameter file: the name that errors give, with line and column.
  package init(parsing bytes: [UInt8], file: String) throws(Diagnostic) {
    var parser = JSONParser(bytes: bytes, file: file)
    self = try parser.document()
  }

  /// The first member of a name of an object, and nothing behind it; nil when there is none before
  /// the text ends, or is no JSON.
  package static func member(_ name: String, ofObject bytes: [UInt8]) -> JSONValue? {
    var parser = JSONParser(bytes: bytes, file: "")
    return try? parser.member(name)
  }

  /// Reads one JSON value; see `init(parsing:file:)`.
  package init(parsing text: String, file: String) throws(Diagnostic) {
    try self.init(parsing: Array(text.utf8), file: file)
  }
}

/// A recursive-descent reader of JSON text.
private struct JSONParser {
  private static let maximumDepth = 128

  let bytes: [UInt8]
  let file: String
  private var offset = 0
  private var depth = 0

  init(bytes: [UInt8], file: String) {
    self.bytes = bytes
    self.file = file
  }

  mutating func document() throws(Diagnostic) -> JSONValue {
    let value = try value()
    skipSpace()
    guard offset == bytes.count else { throw problem("text after the end of the JSON value") }
    return value
  }

  private mutating func value() throws(Diagnostic) -> JSONValue {
    skipSpace()
    guard let next else { throw problem("the JSON text ends where a value is expected") }
    switch next {
    case UInt8(ascii: "{"): return try nested { parser throws(Diagnostic) in try parser.object() }
    case UInt8(ascii: "["): return try nested { parser throws(Diagnostic) in try parser.array() }
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    default: throw problem("expected a JSON value")
    }
  }

  private mutating func nested(
    _ body: (inout JSONParser) throws(Diagnostic) -> JSONValue
  ) throws(Diagnostic) -> JSONValue {
    guard depth < Self.maximumDepth else {
      throw problem("JSON nested deeper than \(Self.maximumDepth) levels")
    }
    depth += 1
    offset += 1
    let value = try body(&self)
    depth -= 1
    return value
  }

  private mutating func object() throws(Diagnostic) -> JSONValue {
    var members: [JSONValue.Member] = []
    var names: Set<String> = []
    skipSpace()
    if take("}") { return .object([]) }
    while true {
      skipSpace()
      guard next == UInt8(ascii: "\"") else { throw problem("expected a quoted name") }
      let start = offset
      let name = try string()
      guard names.insert(name).inserted else {
        throw problem("duplicate name '\(name)'", at: start)
      }
      skipSpace()
      guard take(":") else { throw problem("expected ':' after the name") }
      members.append(JSONValue.Member(name, try value()))
      skipSpace()
      if take("}") { return .object(members) }
      guard take(",") else { throw problem("expected ',' or '}'") }
    }
  }

  /// The value of a member, read as far as it; nil when the object has none of the name.
  mutating func member(_ wanted: String) throws(Diagnostic) -> JSONValue? {
    skipSpace()
    guard take("{") else { return nil }
    repeat {
      skipSpace()
      guard next == UInt8(ascii: "\"") else { return nil }
      let name = try string()
      skipSpace()
      guard take(":") else { return nil }
      let value = try value()
      if name == wanted { return value }
      skipSpace()
    } while take(",")
    return nil
  }

  private mutating func array() throws(Diagnostic) -> JSONValue {
    var elements: [JSONValue] = []
    skipSpace()
    if take("]") { return .array([]) }
    while true {
      elements.append(try value())
      skipSpace()
      if take("]") { return .array(elements) }
      guard take(",") else { throw problem("expected ',' or ']'") }
    }
  }

  private mutating func word(_ text: StaticString, _ value: JSONValue) throws(Diagnostic)
    -> JSONValue
  {
    let letters = "\(text)".utf8
    guard bytes[offset...].starts(with: letters) else { throw problem("expected a JSON value") }
    offset += letters.count
    return value
  }

  private mutating func number() throws(Diagnostic) -> JSONValue {
    let start = offset
    take("-")
    if !take("0"), skipDigits() == 0 { throw problem("expected a digit") }
    var isWhole = true
    if take(".") {
      isWhole = false
      if skipDigits() == 0 { throw problem("expected a digit after the point") }
    }
    if take("e") || take("E") {
      isWhole = false
      if !take("+") { take("-") }
      if skipDigits() == 0 { throw problem("expected a digit in the exponent") }
    }
    let text = String(decoding: bytes[start..<offset], as: UTF8.self)
    if isWhole, text != "-0", let value = Int64(text) { return .integer(value) }
    guard let value = Double(text), value.isFinite else {
      throw problem("the number \(text) is too large", at: start)
    }
    return .number(value)
  }

  private mutating func string() throws(Diagnostic) -> String {
    let start = offset
    offset += 1
    var content: [UInt8] = []
    while let byte = next {
      switch byte {
      case UInt8(ascii: "\""):
        offset += 1
        guard let text = String(validating: content, as: UTF8.self) else {
          throw problem("the text is not valid UTF-8", at: start)
        }
        return text
      case UInt8(ascii: "\\"): content.append(contentsOf: try escape())
      case ..<0x20: throw problem("a control character inside a text; write it as \\u00..")
      default:
        content.append(byte)
        offset += 1
      }
    }
    throw problem("the text is never closed", at: start)
  }

  private mutating func escape() throws(Diagnostic) -> [UInt8] {
    let start = offset
    offset += 1
    guard let letter = next else { throw problem("the text is never closed", at: start) }
    offset += 1
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [letter]
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "f"): return [0x0C]
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "u"):
      var value = try codeUnit(start)
      if (0xD800..<0xDC00).contains(value), take("\\") {
        guard take("u") else { throw problem("half of a surrogate pair", at: start) }
        let low = try codeUnit(start)
        guard (0xDC00..<0xE000).contains(low) else {
          throw problem("half of a surrogate pair", at: start)
        }
        value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(value) else {
        throw problem("half of a surrogate pair", at: start)
      }
      return Array(String(scalar).utf8)
    default: throw problem("unknown escape in a text", at: start)
    }
  }

  private mutating func codeUnit(_ start: Int) throws(Diagnostic) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = next, let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80
      else { throw problem("\\u wants four hexadecimal digits", at: start) }
      value = value << 4 | UInt32(digit)
      offset += 1
    }
    return value
  }

  private var next: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  @discardableResult
  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: character) else { return false }
    offset += 1
    return true
  }

  private mutating func skipSpace() {
    while let byte = next, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D {
      offset += 1
    }
  }

  private mutating func skipDigits() -> Int {
    let start = offset
    while let byte = next, byte >= 0x30, byte <= 0x39 { offset += 1 }
    return offset - start
  }

  private func problem(_ text: String, at position: Int? = nil) -> Diagnostic {
    let position = position ?? offset
    let before = bytes[..<position]
    let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    let lineEnd = bytes[position...].firstIndex(of: 0x0A) ?? bytes.count
    let column =
      String(decoding: bytes[lineStart..<position], as: UTF8.self).unicodeScalars.count + 1
    let line = before.count { $0 == 0x0A } + 1
    let excerpt = Excerpt(
      line: String(decoding: bytes[lineStart..<lineEnd], as: UTF8.self), column: column)
    return Diagnostic(
      Diagnostic.Message(text), at: Place(file: file, line: line, column: column), excerpt: excerpt)
  }
}
