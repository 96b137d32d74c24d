/// Turns HTML entities, named and numeric, into their characters.
///
/// With `repairs`, entities with a blank in place of the `&` (AG News: `Oil #39;s`, ` quot;`) are
/// decoded too, blank included. Unknown entities stay as they are.
struct EntityDecoding: CleaningRule {
  let repairs: Bool

  private static let semicolon = ByteSearch([UInt8(ascii: ";")])

  func mayChange(_ text: [UInt8]) -> Bool {
    Self.semicolon.first(in: text.span, from: 0) < text.count
  }

  func apply(_ text: [UInt8], into clean: inout [UInt8]) {
    var index = 0
    while index < text.count {
      let next = Self.semicolon.first(in: text.span, from: index)
      guard next < text.count else { break }
      // An entity ends in the semicolon and is at most 10 bytes long with its ampersand.
      let start = max(index, next - 10)
      clean.append(copying: text.span.extracting(index..<start))
      index = start
      while index <= next { decode(text, &index, into: &clean) }
    }
    clean.append(copying: text.span.extracting(index...))
  }

  /// Takes one byte, or the entity it starts.
  private func decode(_ text: [UInt8], _ index: inout Int, into clean: inout [UInt8]) {
    let byte = text[index]
    if byte == UInt8(ascii: "&"), let entity = entity(text, from: index + 1, isWhole: true) {
      appendUTF8(entity.scalar.value, to: &clean)
      index = entity.end
    } else if repairs, startsWord(text, index),
      let entity = entity(text, from: index, isWhole: false)
    {
      if clean.last == UInt8(ascii: " ") { clean.removeLast() }
      appendUTF8(entity.scalar.value, to: &clean)
      index = entity.end
    } else {
      clean.append(byte)
      index += 1
    }
  }

  /// Whether an entity without `&` may start here.
  private func startsWord(_ text: [UInt8], _ index: Int) -> Bool {
    guard "#qalgn".utf8.contains(text[index]) else { return false }
    guard index > 0 else { return true }
    switch text[index - 1] {
    case UInt8(ascii: "&"), 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x80...0xFF: return false
    default: return true
    }
  }

  /// The entity whose name or `#` is at `start`, and where it ends.
  private func entity(
    _ text: [UInt8], from start: Int, isWhole: Bool
  ) -> (scalar: Unicode.Scalar, end: Int)? {
    let limit = min(text.count, start + 10)
    guard start < limit, let end = text[start..<limit].firstIndex(of: UInt8(ascii: ";")) else {
      return nil
    }
    let name = String(decoding: text[start..<end], as: UTF8.self)
    let scalar: Unicode.Scalar? =
      if name.utf8.first == UInt8(ascii: "#") {
        numeric(name.dropFirst())
      } else if isWhole {
        HTMLEntities.scalars[name]
      } else {
        HTMLEntities.lostAmpersand[name]
      }
    return scalar.map { ($0, end + 1) }
  }

  /// The scalar of a number; 0x80…0x9F mean Windows-1252, as in HTML 5.
  private func numeric(_ digits: Substring) -> Unicode.Scalar? {
    let isHexadecimal = digits.first == "x" || digits.first == "X"
    let number =
      isHexadecimal ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits, radix: 10)
    guard let number, number > 0, digits.first != "+" else { return nil }
    if let byte = UInt8(exactly: number), (0x80...0x9F).contains(byte) {
      return Windows1252.scalar(byte).flatMap { Unicode.Scalar($0) }
    }
    return Unicode.Scalar(number)
  }
}
