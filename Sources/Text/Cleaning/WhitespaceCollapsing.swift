/// Makes one blank of every run of Unicode white space, and drops it at both ends.
struct WhitespaceCollapsing: CleaningRule {
  func apply(_ text: [UInt8], into clean: inout [UInt8]) {
    var run = skipWhiteSpace(text, from: 0)
    var index = run
    while index < text.count {
      if isPlain(text, index) {
        index += 1
        continue
      }
      let start = index
      guard nextScalar(text, &index).isWhiteSpace else { continue }
      index = skipWhiteSpace(text, from: start)
      clean.append(contentsOf: text[run..<start])
      if index < text.count { clean.append(UInt8(ascii: " ")) }
      run = index
    }
    clean.append(contentsOf: text[run...])
  }

  /// Whether the byte certainly stays as it is: no white space, or a single blank between others.
  @inline(__always)
  private func isPlain(_ text: [UInt8], _ index: Int) -> Bool {
    let byte = text[index]
    guard byte == UInt8(ascii: " ") else { return byte > 0x20 && !startsWhiteSpace(byte) }
    guard index + 1 < text.count else { return false }
    return text[index + 1] > 0x20 && !startsWhiteSpace(text[index + 1])
  }

  /// Whether the byte is the first of a scalar beyond ASCII that may be white space.
  @inline(__always)
  private func startsWhiteSpace(_ byte: UInt8) -> Bool {
    byte == 0xC2 || (0xE1...0xE3).contains(byte)
  }

  private func skipWhiteSpace(_ text: [UInt8], from start: Int) -> Int {
    var index = start
    while index < text.count {
      var next = index
      guard nextScalar(text, &next).isWhiteSpace else { break }
      index = next
    }
    return index
  }
}
