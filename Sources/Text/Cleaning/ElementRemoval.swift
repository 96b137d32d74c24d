/// Turns the tags of HTML's elements, comments, and what scripts and styles hold into blanks.
///
/// A tag has the name of an element and attributes as HTML writes them; everything else is text:
/// `x < y`, `List<String>`, `<3`, `if a <b and c> d`. A script or style that is not closed loses its
/// tag only. A comment without an end is text.
struct ElementRemoval: CleaningRule {
  private static let longest = 8192
  private static let bracket = ByteSearch([UInt8(ascii: "<")])

  /// What goes up to its end with what it holds.
  ///
  /// One that is not closed after one place is not closed after a later one.
  private enum Body: Hashable { case comment, element(ElementName) }

  func mayChange(_ text: [UInt8]) -> Bool {
    Self.bracket.first(in: text.span, from: 0) < text.count
  }

  func apply(_ text: [UInt8], into clean: inout [UInt8]) {
    var (index, run) = (0, 0)
    var unclosed: Set<Body> = []
    while true {
      index = Self.bracket.first(in: text.span, from: index)
      guard index < text.count else { break }
      guard let end = end(of: text, from: index, &unclosed) else {
        index += 1
        continue
      }
      clean.append(copying: text.span.extracting(run..<index))
      clean.append(UInt8(ascii: " "))
      (index, run) = (end, end)
    }
    clean.append(copying: text.span.extracting(run...))
  }

  /// Where the tag, comment, script or style ends that begins with this `<`.
  private func end(of text: [UInt8], from start: Int, _ unclosed: inout Set<Body>) -> Int? {
    guard start + 1 < text.count else { return nil }
    if text[start + 1] == UInt8(ascii: "!") || text[start + 1] == UInt8(ascii: "?") {
      guard text[start...].starts(with: "<!--".utf8) else {
        return endOfDeclaration(text, from: start + 2)
      }
      return Self.closing(.comment, &unclosed) { endOfComment(text, from: start + 4) }
    }
    var reader = TagReader(text, from: start + 1, to: min(text.count, start + Self.longest))
    guard let tag = reader.tag() else { return nil }
    guard !tag.isClosing, tag.name == .script || tag.name == .style else { return tag.end }
    let body = Self.closing(.element(tag.name), &unclosed) {
      endOfBody(of: tag.name, text, from: tag.end)
    }
    return body ?? tag.end
  }

  /// Where something is closed, unless it is known not to be.
  private static func closing(
    _ body: Body, _ unclosed: inout Set<Body>, _ find: () -> Int?
  ) -> Int? {
    guard !unclosed.contains(body) else { return nil }
    let end = find()
    if end == nil { unclosed.insert(body) }
    return end
  }

  private func endOfComment(_ text: [UInt8], from start: Int) -> Int? {
    text[start...].firstRange(of: "-->".utf8).map(\.upperBound)
  }

  /// Of `<!DOCTYPE …>` or `<?xml …>`.
  private func endOfDeclaration(_ text: [UInt8], from start: Int) -> Int? {
    guard start < text.count, (0x61...0x7A).contains(text[start] | 0x20) else { return nil }
    let limit = min(text.count, start + Self.longest)
    return text[start..<limit].firstIndex(of: UInt8(ascii: ">")).map { $0 + 1 }
  }

  /// Behind the closing tag of a script or style.
  private func endOfBody(of name: ElementName, _ text: [UInt8], from start: Int) -> Int? {
    var index = start
    while true {
      index = Self.bracket.first(in: text.span, from: index)
      guard index < text.count else { return nil }
      var reader = TagReader(text, from: index + 1, to: min(text.count, index + Self.longest))
      if let tag = reader.tag(), tag.isClosing, tag.name == name { return tag.end }
      index += 1
    }
  }
}

/// Reads one tag of an HTML element.
private struct TagReader {
  private let text: [UInt8]
  private let limit: Int
  private var index: Int

  /// - Parameter start: behind the `<`.
  init(_ text: [UInt8], from start: Int, to limit: Int) {
    self.text = text
    self.limit = limit
    index = start
  }

  /// The tag, with the place behind its `>`; nil when it is none.
  mutating func tag() -> (name: ElementName, isClosing: Bool, end: Int)? {
    let isClosing = take("/")
    let start = index
    while let byte = next, isLetterOrDigit(byte) { index += 1 }
    let name = ElementName(text[start..<index])
    guard HTMLElements.contains(name) else { return nil }
    while true {
      let hasSpace = skipSpace()
      if take(">") { return (name, isClosing, index) }
      if take("/") {
        _ = skipSpace()
        return take(">") ? (name, isClosing, index) : nil
      }
      guard hasSpace || isBehindQuote, readAttribute() else { return nil }
    }
  }

  private var isBehindQuote: Bool {
    text[index - 1] == UInt8(ascii: "\"") || text[index - 1] == UInt8(ascii: "'")
  }

  private mutating func readAttribute() -> Bool {
    let start = index
    while let byte = next, isLetterOrDigit(byte) || "-_:.@".utf8.contains(byte) { index += 1 }
    guard index > start else { return false }
    let end = index
    _ = skipSpace()
    guard take("=") else {
      index = end
      return HTMLElements.valueless.contains(lowercased(start..<end))
    }
    _ = skipSpace()
    return readValue()
  }

  private mutating func readValue() -> Bool {
    guard let first = next else { return false }
    if first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") {
      guard let end = text[(index + 1)..<limit].firstIndex(of: first) else { return false }
      index = end + 1
      return true
    }
    let start = index
    while let byte = next, byte > 0x20, !"<>\"'".utf8.contains(byte) { index += 1 }
    return index > start
  }

  private var next: UInt8? { index < limit ? text[index] : nil }

  private mutating func take(_ byte: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: byte) else { return false }
    index += 1
    return true
  }

  /// Whether there was any.
  private mutating func skipSpace() -> Bool {
    let start = index
    while let byte = next, byte == 0x20 || (0x09...0x0D).contains(byte) { index += 1 }
    return index > start
  }

  private func isLetterOrDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF) && byte < 0x80
  }

  private func lowercased(_ range: Range<Int>) -> String {
    String(decoding: text[range].map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
  }
}
