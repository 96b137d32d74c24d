/// The markup around the sentences of a line-aligned file, which is removed as it is read.
///
/// The two forms of the IWSLT 2014 release are read as fairseq's `prepare-iwslt14.sh` reads them:
/// entities stay as they are.
package enum LineMarkup: String, CaseIterable, Hashable, Sendable {
  /// Every line is a sentence.
  case none
  /// `train.tags.de-en.de`: lines of `<url>`, `<talkid>` and `<keywords>` are left out, and the tags
  /// of titles and descriptions are removed.
  case iwsltTrain = "iwslt-train"
  /// `IWSLT14.TED.tst2010.de-en.de.xml`: only the text of `<seg>` elements is read, `’` as `'`.
  case iwsltXML = "iwslt-xml"

  /// The sentence of a line; nil when the line holds none.
  func text(of line: ArraySlice<UInt8>) -> [UInt8]? {
    let text = Array(line)
    switch self {
    case .none: return text
    case _ where !line.contains(UInt8(ascii: "<")): return self == .iwsltTrain ? text : nil
    case .iwsltTrain:
      guard !Self.aside.contains(where: { text.firstRange(of: $0) != nil }) else { return nil }
      return Self.headings.reduce(text) { $0.replacing($1, with: []) }
    case .iwsltXML:
      guard text.firstRange(of: Self.segment) != nil else { return nil }
      return Self.withoutSegmentTags(text).replacing(Self.apostrophe, with: [UInt8(ascii: "'")])
    }
  }

  private static let aside = ["<url>", "<talkid>", "<keywords>"].map { Array($0.utf8) }
  private static let headings = ["<title>", "</title>", "<description>", "</description>"]
    .map { Array($0.utf8) }
  private static let segment = Array("<seg id".utf8)
  private static let apostrophe = Array("’".utf8)

  /// The text without `<seg id="7">` and blanks after it, and without `</seg>` and blanks around it.
  private static func withoutSegmentTags(_ text: [UInt8]) -> [UInt8] {
    let opening = Array("<seg id=\"".utf8)
    let closing = Array("</seg>".utf8)
    var kept: [UInt8] = []
    var rest = text[...]
    while let first = rest.first {
      if rest.starts(with: opening) {
        let after = rest.dropFirst(opening.count).drop { (0x30...0x39).contains($0) }
        if after.starts(with: "\">".utf8) {
          rest = after.dropFirst(2).drop(while: isBlank)
          continue
        }
      } else if rest.starts(with: closing) {
        while let last = kept.last, isBlank(last) { kept.removeLast() }
        rest = rest.dropFirst(closing.count).drop(while: isBlank)
        continue
      }
      kept.append(first)
      rest = rest.dropFirst()
    }
    return kept
  }

  /// sed's `\s`, within a line.
  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte)
  }
}
