import Diagnostics

extension JSONValue {
  /// The value on one line: `{"a":1,"b":[true,null]}`.
  package var compact: String {
    var bytes: [UInt8] = []
    appendCompact(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Adds the value on one line, in UTF-8.
  package func appendCompact(to bytes: inout [UInt8]) {
    var writer = JSONWriter(isPretty: false)
    swap(&writer.bytes, &bytes)
    writer.write(self)
    swap(&writer.bytes, &bytes)
  }

  /// The value over several lines, two spaces a level; the last line ends without a line end.
  package var pretty: String {
    var writer = JSONWriter(isPretty: true)
    writer.write(self)
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}

/// JSON text under way; equal values give equal text.
///
/// Doubles have the fewest digits that read back as the same number; infinities and NaN, which JSON
/// does not have, become `null`.
private struct JSONWriter {
  let isPretty: Bool
  /// UTF-8.
  var bytes: [UInt8] = []
  var depth = 0

  init(isPretty: Bool) { self.isPretty = isPretty }

  mutating func write(_ value: JSONValue) {
    switch value {
    case .null: append("null")
    case .bool(let value): append(value ? "true" : "false")
    case .integer(let value): append(String(value))
    case .number(let value): append(value.isFinite ? "\(value)" : "null")
    case .string(let value): write(quoted: value)
    case .array(let elements):
      write(elements, between: "[", and: "]") { writer, element in writer.write(element) }
    case .object(let members):
      write(members, between: "{", and: "}") { writer, member in
        writer.write(quoted: member.name)
        writer.append(writer.isPretty ? ": " : ":")
        writer.write(member.value)
      }
    }
  }

  private mutating func write<Item>(
    _ items: [Item], between opening: String, and closing: String,
    _ writeItem: (inout JSONWriter, Item) -> Void
  ) {
    append(opening)
    depth += 1
    for (index, item) in items.enumerated() {
      if index > 0 { append(",") }
      breakLine()
      writeItem(&self, item)
    }
    depth -= 1
    if !items.isEmpty { breakLine() }
    append(closing)
  }

  private mutating func breakLine() {
    if isPretty { append("\n" + String(repeating: "  ", count: depth)) }
  }

  private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

  private mutating func write(quoted value: String) {
    append("\"")
    defer { append("\"") }
    guard !Self.isPlain(value), value.unicodeScalars.contains(where: Self.isEscaped) else {
      return append(value)
    }
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": append("\\\"")
      case "\\": append("\\\\")
      case "\n": append("\\n")
      case "\r": append("\\r")
      case "\t": append("\\t")
      case _ where scalar.isObeyed:
        let digits = String(scalar.value, radix: 16)
        append("\\u" + String(repeating: "0", count: 4 - digits.count) + digits)
      default: append(String(scalar))
      }
    }
  }

  /// Whether all characters are of those that are never escaped; others may be.
  private static func isPlain(_ text: String) -> Bool {
    let utf8 = text.utf8.span
    for index in utf8.indices {
      let byte = utf8[index]
      guard byte >= 0x20, byte < 0x7F, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\")
      else { return false }
    }
    return true
  }

  private static func isEscaped(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "\"" || scalar == "\\" || scalar.isObeyed
  }
}
