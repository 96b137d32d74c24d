/// Puts a word in the place of user names such as `@anna_7`.
///
/// A name is letters of English, digits and `_` behind an `@` that follows no letter, digit or
/// symbol of an address: `anna@example.org` has none.
struct UserNameRule: CleaningRule {
  let word: String

  private static let at = ByteSearch([UInt8(ascii: "@")])

  func apply(_ text: [UInt8], into clean: inout [UInt8]) {
    var (run, index) = (0, 0)
    while true {
      index = Self.at.first(in: text.span, from: index)
      guard index < text.count else { break }
      var end = index + 1
      while end < text.count, isNameByte(text[end]) { end += 1 }
      let isName = end > index + 1 && (index == 0 || !isInAddress(text[index - 1]))
      guard isName, end == text.count || text[end] != UInt8(ascii: "@") else {
        index = end
        continue
      }
      clean.append(contentsOf: text[run..<index])
      clean.append(contentsOf: word.utf8)
      (run, index) = (end, end)
    }
    clean.append(contentsOf: text[run...])
  }

  private func isNameByte(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "_") || (0x30...0x39).contains(byte)
      || (0x41...0x5A).contains(byte & 0xDF) && byte < 0x80
  }

  private func isInAddress(_ byte: UInt8) -> Bool {
    isNameByte(byte) || "@.-+/".utf8.contains(byte)
  }
}
