/// Makes one blank of every run of Unicode white space, and drops it at both ends.
struct WhitespaceCollapsing: CleaningRule {
  func mayChange(_ text: [UInt8]) -> Bool {
    guard let first = text.first else { return false }
    return first == UInt8(ascii: " ") || firstNotPlain(text.span, from: 0) < text.count
  }

  func apply(_ text: [UInt8], into clean: inout [UInt8]) {
    var run = skipWhiteSpace(text, from: 0)
    var index = run
    while true {
      index = firstNotPlain(text.span, from: index)
      guard index < text.count else { break }
      let start = index
      guard nextScalar(text, &index).isWhiteSpace else { continue }
      index = skipWhiteSpace(text, from: start)
      clean.append(contentsOf: text[run..<start])
      if index < text.count { clean.append(UInt8(ascii: " ")) }
      run = index
    }
    clean.append(contentsOf: text[run...])
  }

  /// The index of the first byte from `start` on that may not stay as it is, or the count.
  @inline(__always)
  private func firstNotPlain(_ text: Span<UInt8>, from start: Int) -> Int {
    let index = text.firstPair(from: start) { Self.isPlain($0, before: $1) ^ 1 }
    // A blank is never plain where the text ends.
    let isLastPlain = index &+ 1 == text.count && Self.isPlain(text[index], before: 0) != 0
    return isLastPlain ? text.count : index
  }

  /// 1 if the byte certainly stays as it is: no white space, or a single blank between others; else 0.
  @inline(__always)
  private static func isPlain(_ byte: UInt8, before next: UInt8) -> UInt8 {
    let isDark = darkness(byte)
    let isBlank: UInt8 = byte == UInt8(ascii: " ") ? 1 : 0
    return isDark | (isBlank & darkness(next))
  }

  /// 1 for a byte that belongs to no white space, nor may begin a scalar of it beyond ASCII; else 0.
  @inline(__always)
  private static func darkness(_ byte: UInt8) -> UInt8 {
    let isBeyond: UInt8 = byte > 0x20 ? 1 : 0
    let (isLatin, isHigher): (UInt8, UInt8) = (byte == 0xC2 ? 1 : 0, byte &- 0xE1 < 3 ? 1 : 0)
    return isBeyond & (isLatin ^ 1) & (isHigher ^ 1)
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
