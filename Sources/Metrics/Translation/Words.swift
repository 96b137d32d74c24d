/// Splitting at white space as Python does.
enum Words {
  /// The words of a UTF-8 text: what `str.split()` gives.
  static func split(_ text: [UInt8]) -> [ArraySlice<UInt8>] {
    var words: [ArraySlice<UInt8>] = []
    let bytes = text.span
    var start = 0
    var position = 0
    while position < bytes.count {
      let space = spaceLength(in: bytes, at: position)
      if space == 0 {
        position += 1
        continue
      }
      if position > start { words.append(text[start..<position]) }
      position += space
      start = position
    }
    if position > start { words.append(text[start..<position]) }
    return words
  }

  /// The words of a text with one ASCII punctuation mark at their end, or else their start, split off.
  static func splittingPunctuation(_ text: [UInt8]) -> [ArraySlice<UInt8>] {
    split(text).flatMap { word -> [ArraySlice<UInt8>] in
      let isOneCharacter = word.dropFirst().allSatisfy { $0 & 0xC0 == 0x80 }
      guard !isOneCharacter, let first = word.first, let last = word.last else { return [word] }
      if isPunctuation(last) { return [word.dropLast(), word.suffix(1)] }
      return isPunctuation(first) ? [word.prefix(1), word.dropFirst()] : [word]
    }
  }

  private static func isPunctuation(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
    default: false
    }
  }

  /// The words of a text as hashes.
  static func hashes(_ text: [UInt8]) -> [UInt64] { split(text).map(hashOfBytes) }

  /// The text without its white space.
  static func removingSpaces(_ text: [UInt8]) -> [UInt8] {
    var kept: [UInt8] = []
    kept.reserveCapacity(text.count)
    for word in split(text) { kept.append(contentsOf: word) }
    return kept
  }

  /// The text without the white space at its end: `str.rstrip()`.
  static func trimmingEnd(_ text: [UInt8]) -> [UInt8] {
    guard let last = split(text).last else { return [] }
    return Array(text[..<last.endIndex])
  }

  /// The scalar that starts here in valid UTF-8, and how many bytes it has.
  @inline(__always)
  static func scalar(
    in text: Span<UInt8>, at position: Int
  ) -> (value: UInt32, length: Int) {
    let lead = UInt32(text[position])
    if lead < 0x80 { return (lead, 1) }
    let length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
    var value = lead & (0x7F >> UInt32(length))
    for distance in 1..<length { value = value << 6 | UInt32(text[position + distance] & 0x3F) }
    return (value, length)
  }

  /// How many bytes of white space start here: Unicode's, and the four separators U+001C to U+001F.
  @inline(__always)
  static func spaceLength(in text: Span<UInt8>, at position: Int) -> Int {
    let byte = text[position]
    if byte < 0x80 { return byte &- 0x1C < 5 || byte &- 0x09 < 5 ? 1 : 0 }
    return byte == 0xC2 || byte &- 0xE1 < 3 ? longSpaceLength(in: text, at: position) : 0
  }

  /// How many bytes of white space beyond ASCII start here.
  private static func longSpaceLength(in text: Span<UInt8>, at position: Int) -> Int {
    func next(_ distance: Int) -> UInt8 {
      position + distance < text.count ? text[position + distance] : 0
    }
    switch (text[position], next(1), next(2)) {
    case (0xC2, 0x85, _), (0xC2, 0xA0, _): return 2
    case (0xE1, 0x9A, 0x80), (0xE2, 0x80, 0x80...0x8A), (0xE2, 0x80, 0xA8), (0xE2, 0x80, 0xA9),
      (0xE2, 0x80, 0xAF), (0xE2, 0x81, 0x9F), (0xE3, 0x80, 0x80):
      return 3
    default: return 0
    }
  }
}

extension String {
  /// The text without the white space at its end: Python's `rstrip()`.
  package var withoutTrailingSpace: String {
    let bytes = Array(utf8)
    guard let last = bytes.last, last <= 0x20 || last >= 0x80 else { return self }
    return String(decoding: Words.trimmingEnd(bytes), as: UTF8.self)
  }
}
