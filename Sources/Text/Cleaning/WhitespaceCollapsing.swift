/// Makes one blank of every run of Unicode white space, and drops it at both ends.
struct WhitespaceCollapsing: CleaningRule {
  func apply(_ text: [UInt8], into clean: inout [UInt8]) {
    var run = skipWhiteSpace(text, from: 0)
    var index = run
    while true {
      index = firstNotPlain(text.span, from: index)
      guard index < text.count else { break }
      let start = index
      guard nextScalar(text, &index).isWhiteSpace else { continue }
      index = skipWhiteSpace(text, from: start)
      clean.append(copying: text.span.extracting(run..<start))
      if index < text.count { clean.append(UInt8(ascii: " ")) }
      run = index
    }
    clean.append(copying: text.span.extracting(run...))
  }

  /// The index of the first byte from `start` on that may not stay as it is, or the count.
  @inline(__always)
  private func firstNotPlain(_ text: Span<UInt8>, from start: Int) -> Int {
    let index = text.firstPair(from: start) { .!Self.arePlain($0, before: $1) }
    // A blank is never plain where the text ends.
    let isLastPlain =
      index &+ 1 == text.count && Self.areDark(ByteBlock(repeating: text[index]))[0]
    return isLastPlain ? text.count : index
  }

  /// The bytes that certainly stay as they are: no white space, or single blanks between others.
  @inline(__always)
  private static func arePlain(_ bytes: ByteBlock, before next: ByteBlock) -> ByteMask {
    areDark(bytes) .| (bytes.isEqual(to: UInt8(ascii: " ")) .& areDark(next))
  }

  /// The bytes that belong to no white space, nor may begin a scalar of it beyond ASCII.
  @inline(__always)
  private static func areDark(_ bytes: ByteBlock) -> ByteMask {
    bytes.isIn(0x21...0xC1) .| bytes.isIn(0xC3...0xE0) .| bytes.isIn(0xE4...0xFF)
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
