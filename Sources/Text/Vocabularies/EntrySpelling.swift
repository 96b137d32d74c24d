/// The spelling of vocabulary entries, which tells words of the text from special tokens.
///
/// A word that is spelled like a special token, with or without backslashes before it, gets one more
/// backslash as an entry: `</s>` in a text becomes `\</s>`. So no word shares an entry with a special
/// token or with another word.
enum EntrySpelling {
  private static let backslash = UInt8(ascii: "\\")
  private static let specials = Vocabulary.Special.allCases.map(\.bytes)

  /// The entry of a word; nil when it is spelled as the word is.
  @inline(__always)
  static func entry(of word: Span<UInt8>) -> [UInt8]? {
    guard mayBeSpecial(word), backslashes(before: word, of: specials) != nil else { return nil }
    var entry = [backslash]
    entry.append(copying: word)
    return entry
  }

  /// The word of an entry; that of a special token is the token itself.
  static func word(of entry: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard let count = backslashes(before: entry.span, of: specials), count > 0 else {
      return entry
    }
    return entry.dropFirst()
  }

  /// How many backslashes a special token has before it; nil when the word is none.
  ///
  /// - Parameter specials: the tokens that count.
  static func backslashes(before word: Span<UInt8>, of specials: [[UInt8]]) -> Int? {
    guard mayBeSpecial(word) else { return nil }
    var start = 0
    while start < word.count, word[start] == backslash { start += 1 }
    let rest = word.extracting(start...)
    let isSpecial = specials.contains { special in
      special.count == rest.count && special.indices.allSatisfy { special[$0] == rest[$0] }
    }
    return isSpecial ? start : nil
  }

  /// Whether the word ends as every special token does, with or without backslashes before it.
  @inline(__always)
  static func mayBeSpecial(_ word: Span<UInt8>) -> Bool {
    !word.isEmpty && mayBeSpecial(0..<word.count, in: word)
  }

  /// Whether a word of a line does.
  @inline(__always)
  static func mayBeSpecial(_ word: Range<Int>, in line: Span<UInt8>) -> Bool {
    line[word.upperBound &- 1] == UInt8(ascii: ">") && word.count > 2
  }
}
