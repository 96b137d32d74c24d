/// The spelling of vocabulary entries, which tells words of the text from special tokens.
///
/// A word that is spelled like a special token, with or without backslashes before it, gets one more
/// backslash as an entry: `</s>` in a text becomes `\</s>`. So no word shares an entry with a special
/// token or with another word.
enum EntrySpelling {
  private static let backslash = UInt8(ascii: "\\")
  private static let specials = Vocabulary.Special.allCases.map(\.bytes)

  /// The entry of a word; nil when it is spelled as the word is.
  static func entry(of word: Span<UInt8>) -> [UInt8]? {
    guard backslashes(before: word) != nil else { return nil }
    var entry = [backslash]
    for index in word.indices { entry.append(word[index]) }
    return entry
  }

  /// The word of an entry; that of a special token is the token itself.
  static func word(of entry: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard let count = backslashes(before: entry.span), count > 0 else { return entry }
    return entry.dropFirst()
  }

  /// How many backslashes a special token has before it; nil when the word is none.
  private static func backslashes(before word: Span<UInt8>) -> Int? {
    guard word.count > 2, word[word.count - 1] == UInt8(ascii: ">") else { return nil }
    var start = 0
    while start < word.count, word[start] == backslash { start += 1 }
    let rest = word.extracting(start...)
    let isSpecial = specials.contains { special in
      special.count == rest.count && special.indices.allSatisfy { special[$0] == rest[$0] }
    }
    return isSpecial ? start : nil
  }
}

extension Span<UInt8> {
  /// The line without the padding at its ends, which `pad` puts there.
  package var unpadded: Range<Int> {
    let padding = Vocabulary.Special.padding.bytes
    var words: [Range<Int>] = []
    forEachWord { start, end in words.append(start..<end) }
    func isPadding(_ word: Range<Int>) -> Bool {
      word.count == padding.count
        && padding.indices.allSatisfy { self[word.lowerBound + $0] == padding[$0] }
    }
    guard let first = words.first(where: { !isPadding($0) }),
      let last = words.last(where: { !isPadding($0) })
    else { return 0..<0 }
    return first.lowerBound..<last.upperBound
  }
}
