/// Moses's `detokenizer.perl`: joins tokens into a sentence, entities back into characters.
///
/// Single quotes and double quotes attach by turns to what follows and to what precedes them.
package struct MosesDetokenizer: Sendable {
  private let language: MosesLanguage

  package init(_ language: MosesLanguage) { self.language = language }

  /// Appends the sentence; white space and lines that are one tag stay as they are.
  package func detokenize(_ line: Span<UInt8>, into output: inout [UInt8]) {
    var text = ScalarText(line)
    if !isLeftAlone(text.units) {
      text.pad()
      Self.splitHyphen.apply(to: &text)
      for rule in MosesEntities.unescaping { rule.apply(to: &text) }
      text.rebuild { old, new in join(Self.words(of: old), into: &new) }
      text.joinWords()
    }
    text.append(to: &output)
  }

  private static let splitHyphen = Substitution(" @-@ ", with: "-")

  private func isLeftAlone(_ units: [UInt32]) -> Bool {
    let all = ScalarClasses.all
    let isTag =
      units.count > 2 && units.first == UInt32(UInt8(ascii: "<"))
      && units.last == UInt32(UInt8(ascii: ">"))
    return isTag || units.allSatisfy { all[$0].contains(.whitespace) }
  }

  /// What stands between single spaces; empty words count, except at the end.
  private static func words(of units: [UInt32]) -> [ArraySlice<UInt32>] {
    var words = units.split(separator: ScalarText.space, omittingEmptySubsequences: false)
    while words.last?.isEmpty ?? false { words.removeLast() }
    return words
  }

  private func join(_ words: [ArraySlice<UInt32>], into text: inout [UInt32]) {
    var parity = QuoteParity()
    var isSpaceDue = true
    for (index, word) in words.enumerated() {
      let previous = index > 0 ? words[index - 1] : []
      let next = index + 1 < words.count ? words[index + 1] : []
      let attachment = attachment(of: word, after: previous, before: next, &parity)
      if isSpaceDue, !attachment.isToPrevious { text.append(ScalarText.space) }
      if attachment == .spacedStop { text.append(ScalarText.space) }
      text.append(contentsOf: word)
      isSpaceDue = attachment != .next
    }
  }

  /// What a word sticks to.
  private enum Attachment {
    case nothing, previous, next
    /// As French sets `? ! : ; %`: one space before, whatever precedes.
    case spacedStop

    var isToPrevious: Bool { self == .previous || self == .spacedStop }
  }

  private func attachment(
    of word: ArraySlice<UInt32>, after previous: ArraySlice<UInt32>,
    before next: ArraySlice<UInt32>, _ parity: inout QuoteParity
  ) -> Attachment {
    guard let first = word.first, let last = word.last else { return .nothing }
    let all = ScalarClasses.all
    func isAlphabetic(_ unit: UInt32?) -> Bool {
      unit.map { all[$0].contains(.alphabetic) } ?? false
    }
    if EastAsian.contains(first) {
      return previous.last.map(EastAsian.contains) ?? false ? .previous : .nothing
    }
    if word.allSatisfy({ Self.openers.contains($0) || all[$0].contains(.currency) }) {
      return .next
    }
    if word.allSatisfy(Self.closers.contains) {
      let isSpaced = language == .french && word.count == 1 && Self.spacedInFrench.contains(first)
      return isSpaced ? .spacedStop : .previous
    }
    if language == .english, first == Self.apostrophe, isAlphabetic(word.dropFirst().first),
      let before = previous.last, all[before].contains(.alphanumeric)
    {
      return .previous
    }
    if language == .french, last == Self.apostrophe, isAlphabetic(word.dropLast().last),
      isAlphabetic(next.first)
    {
      return .next
    }
    guard word.allSatisfy(Self.quotes.contains) else { return .nothing }
    let isPossessive =
      language == .english && word.elementsEqual([Self.apostrophe])
      && previous.last == UInt32(UInt8(ascii: "s"))
    return parity.opens(word, isPossessive: isPossessive) ? .next : .previous
  }
}

extension MosesDetokenizer {
  private static let apostrophe = UInt32(UInt8(ascii: "'"))
  private static let openers = units("([{¿¡")
  private static let closers = units(#",.?!:;\%}])"#)
  private static let spacedInFrench = units(#"?!:;\%"#)
  private static let quotes = units("'\"\u{201E}\u{201C}`")

  private static func units(_ characters: String) -> Set<UInt32> {
    Set(characters.unicodeScalars.lazy.map(\.value))
  }
}
