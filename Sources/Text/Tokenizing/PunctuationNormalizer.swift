/// What Moses's `normalize-punctuation.perl` does: plain quotes, dashes and spaces for typographic ones.
///
/// As in the script, "digit", "letter" and "white space" are those of ASCII here, and every line
/// counts as ended by a line feed.
package struct PunctuationNormalizer: Sendable {
  private let language: MosesLanguage
  private let digitGroups: Substitution

  package init(_ language: MosesLanguage) {
    self.language = language
    digitGroups = Substitution(
      after: .any(of: .asciiDigit), "\u{A0}", before: .any(of: .asciiDigit),
      with: language == .english ? "." : ",")
  }

  /// Appends the normalized line.
  package func normalize(_ line: Span<UInt8>, into output: inout [UInt8]) {
    var text = ScalarText(line)
    normalize(&text)
    text.append(to: &output)
  }

  func normalize(_ text: inout ScalarText) {
    var mayHaveRuns = true
    for group in Self.groups {
      if group.apply(to: &text) { mayHaveRuns = true }
      if mayHaveRuns { text.collapseSpaces() }
      mayHaveRuns = false
    }
    if text.present.mayContain(Self.quote) {
      if language == .english {
        moveStopsIntoQuotes(&text)
      } else {
        Self.commaInQuotes.apply(to: &text)
        moveStopsOutOfQuotes(&text)
      }
    }
    digitGroups.apply(to: &text)
  }

  // MARK: - Quotes and stops

  private static let quote = UInt32(UInt8(ascii: "\""))
  private static let dot = UInt32(UInt8(ascii: "."))
  private static let comma = UInt32(UInt8(ascii: ","))
  private static let commaInQuotes = Substitution(",\"", with: "\",")

  /// English: `"word".` becomes `"word."`.
  private func moveStopsIntoQuotes(_ text: inout ScalarText) {
    text.rebuild { old, new in
      var index = 0
      while index < old.count {
        guard old[index] == Self.quote else {
          new.append(old[index])
          index += 1
          continue
        }
        var end = index + 1
        while end < old.count, old[end] == Self.dot || old[end] == Self.comma { end += 1 }
        new.append(contentsOf: old[index + 1..<end])
        new.append(Self.quote)
        index = end
      }
    }
  }

  /// German and French: `"word."` becomes `"word".`, unless a tag follows.
  private func moveStopsOutOfQuotes(_ text: inout ScalarText) {
    text.rebuild { old, new in
      var index = 0
      while index < old.count {
        var end = index
        while end < old.count, old[end] == Self.dot { end += 1 }
        guard end > index, end < old.count, old[end] == Self.quote,
          let resume = endOfContext(from: end + 1, in: old)
        else {
          let kept = max(end, index + 1)
          new.append(contentsOf: old[index..<kept])
          index = kept
          continue
        }
        new.append(Self.quote)
        new.append(contentsOf: old[index..<end])
        new.append(contentsOf: old[end + 1..<resume])
        index = resume
      }
    }
  }

  /// Where `\s*[^<]` ends that begins at `start`; nil when it does not match.
  private func endOfContext(from start: Int, in units: [UInt32]) -> Int? {
    var end = start
    while end < units.count, units[end] == 0x20 || (9...13).contains(units[end]) { end += 1 }
    if end == units.count { return end }
    if units[end] != UInt32(UInt8(ascii: "<")) { return end + 1 }
    return end > start ? end : nil
  }
}
