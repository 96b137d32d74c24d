/// Turns web addresses into blanks.
///
/// An address starts with `http://`, `https://`, `ftp://` or `www.` where no letter or digit stands
/// before, and goes on to white space, a quote or an angle bracket, less punctuation at its end.
struct URLRemoval: CleaningRule {
  private static let starts = ["http://", "https://", "ftp://", "www."].map { Array($0.utf8) }
  private static let marks = ByteSearch([UInt8(ascii: ":"), UInt8(ascii: ".")])

  func apply(_ text: [UInt8], into clean: inout [UInt8]) {
    guard mayHoldAddress(text) else {
      clean.append(contentsOf: text)
      return
    }
    var index = 0
    while index < text.count {
      guard let end = endOfAddress(text, from: index) else {
        clean.append(text[index])
        index += 1
        continue
      }
      clean.append(UInt8(ascii: " "))
      index = end
    }
  }

  /// Whether `:/` or `w.` is anywhere.
  private func mayHoldAddress(_ text: [UInt8]) -> Bool {
    var index = 0
    while true {
      index = Self.marks.first(in: text.span, from: index)
      guard index < text.count else { return false }
      if text[index] == UInt8(ascii: ".") {
        if index > 0, text[index - 1] | 0x20 == UInt8(ascii: "w") { return true }
      } else if index + 1 < text.count, text[index + 1] == UInt8(ascii: "/") {
        return true
      }
      index += 1
    }
  }

  private func endOfAddress(_ text: [UInt8], from start: Int) -> Int? {
    switch text[start] | 0x20 {
    case UInt8(ascii: "h"), UInt8(ascii: "f"), UInt8(ascii: "w"): break
    default: return nil
    }
    if start > 0, isWordByte(text[start - 1]) { return nil }
    guard let prefix = Self.starts.first(where: { starts(text, start, with: $0) }) else {
      return nil
    }
    var end = start + prefix.count
    while end < text.count {
      var next = end
      let scalar = nextScalar(text, &next)
      if scalar.isWhiteSpace || scalar == "<" || scalar == ">" || scalar == "\"" { break }
      end = next
    }
    while end > start + prefix.count, ".,;:!?)]'".utf8.contains(text[end - 1]) { end -= 1 }
    return end > start + prefix.count ? end : nil
  }

  private func starts(_ text: [UInt8], _ start: Int, with prefix: [UInt8]) -> Bool {
    guard start + prefix.count <= text.count else { return false }
    return prefix.indices.allSatisfy { offset in
      let byte = text[start + offset]
      return ((0x41...0x5A).contains(byte) ? byte | 0x20 : byte) == prefix[offset]
    }
  }

  private func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x80...0xFF: true
    default: false
    }
  }
}
