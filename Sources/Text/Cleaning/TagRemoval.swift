/// Turns HTML tags and comments into blanks; the text between tags stays.
///
/// A tag is `<`, perhaps `/`, `!` or `?`, then a letter, and all up to the next `>` outside quotes.
/// Without such a `>` within 8 KB it is text, as `a < b` is.
struct TagRemoval: CleaningRule {
  private static let longest = 8192
  private static let bracket = ByteSearch([UInt8(ascii: "<")])

  func apply(_ text: [UInt8], into clean: inout [UInt8]) {
    var index = 0
    var run = 0
    while index < text.count {
      index = Self.bracket.first(in: text.span, from: index)
      guard index < text.count else { break }
      guard let end = endOfTag(text, from: index) else {
        index += 1
        continue
      }
      clean.append(copying: text.span.extracting(run..<index))
      clean.append(UInt8(ascii: " "))
      (index, run) = (end, end)
    }
    clean.append(copying: text.span.extracting(run...))
  }

  private func endOfTag(_ text: [UInt8], from start: Int) -> Int? {
    let limit = min(text.count, start + Self.longest)
    if text[start...].starts(with: "<!--".utf8) {
      var index = start + 4
      while index + 3 <= limit {
        if text[index...].starts(with: "-->".utf8) { return index + 3 }
        index += 1
      }
      return nil
    }
    var index = start + 1
    if index < text.count, "/!?".utf8.contains(text[index]) { index += 1 }
    guard index < text.count, (0x61...0x7A).contains(text[index] | 0x20) else { return nil }
    var quote: UInt8?
    while index < limit {
      let byte = text[index]
      index += 1
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == UInt8(ascii: ">") {
        return index
      } else if byte == UInt8(ascii: "<") {
        return nil
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'"),
        text[index - 2] == UInt8(ascii: "=")
      {
        quote = byte
      }
    }
    return nil
  }
}
