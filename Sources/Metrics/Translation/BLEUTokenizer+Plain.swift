/// The tokens of mteval-v13a in one pass, for segments in which no two of its rules touch.
///
/// Such a segment has no entity, tag or line feed, and no two periods or commas side by side.
extension BLEUTokenizer {
  /// Appends the tokens of a segment as hashes; appends nothing and is false when it is another one.
  static func appendPlainHashes(of text: Span<UInt8>, to hashes: inout [UInt64]) -> Bool {
    let start = hashes.count
    var word = WordHash()
    var index = 0
    while index < text.count {
      let byte = text[index]
      var length = 1
      switch kinds[Int(byte)] {
      case .word: word.add(byte)
      case .space: word.end(into: &hashes)
      case .lead:
        length = Words.spaceLength(in: text, at: index)
        if length > 0 { word.end(into: &hashes) } else { word.add(byte) }
      case .symbol: word.add(token: byte, into: &hashes)
      case .point:
        guard !isPoint(at: index + 1, in: text) else {
          hashes.removeSubrange(start...)
          return false
        }
        if isDigit(at: index - 1, in: text), isDigit(at: index + 1, in: text) {
          word.add(byte)
        } else {
          word.add(token: byte, into: &hashes)
        }
      case .dash:
        if isDigit(at: index - 1, in: text) {
          word.add(token: byte, into: &hashes)
        } else {
          word.add(byte)
        }
      case .other:
        hashes.removeSubrange(start...)
        return false
      }
      index += max(1, length)
    }
    word.end(into: &hashes)
    return true
  }

  private enum Kind: UInt8 {
    case word, space, symbol, point, dash
    /// Perhaps the first byte of white space beyond ASCII.
    case lead
    case other
  }

  private static let kinds: [Kind] = (0...255).map { (byte: UInt8) in
    switch byte {
    case UInt8(ascii: "\n"), UInt8(ascii: "&"), UInt8(ascii: "<"): .other
    case 0x09...0x0D, 0x1C...0x20: .space
    case UInt8(ascii: "."), UInt8(ascii: ","): .point
    case UInt8(ascii: "-"): .dash
    case 0x80...: .lead
    default: Punctuation.isSymbol(byte) ? .symbol : .word
    }
  }

  private static func isPoint(at index: Int, in text: Span<UInt8>) -> Bool {
    index < text.count && Punctuation.isPoint(text[index])
  }

  private static func isDigit(at index: Int, in text: Span<UInt8>) -> Bool {
    text.indices.contains(index) && Punctuation.isDigit(text[index])
  }
}
