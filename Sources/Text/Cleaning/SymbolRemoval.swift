/// Turns every special symbol into a blank.
///
/// Invisible characters are removed without a blank, except the joiners that words of Persian or Hindi
/// are written with; the zero-width space, which separates words, becomes a blank.
/// Kept are letters, marks, numbers, white space, and the basic punctuation
/// `. , ; : ! ? ' " ( ) - ’ ‘ “ ” „ « » – — … ¿ ¡`.
struct SymbolRemoval: CleaningRule {
  private static let none = ASCIISet { _ in false }
  private static let special = ASCIISet { scalar in
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", " ", "\t"..."\r": false
    case ".", ",", ";", ":", "!", "?", "'", "\"", "(", ")", "-": false
    default: true
    }
  }

  func apply(_ text: [UInt8], into clean: inout [UInt8]) {
    var visible: [UInt8] = []
    replaceScalars(in: text, into: &visible, by: nil, Self.none) { $0.isSilent }
    replaceScalars(in: visible, into: &clean, by: UInt8(ascii: " "), Self.special) { scalar in
      switch scalar {
      case "\u{200C}", "\u{200D}": false
      case "’", "‘", "“", "”", "„", "«", "»", "–", "—", "…", "¿", "¡": false
      default: !scalar.isWhiteSpace && !scalar.isLetterMarkOrNumber
      }
    }
  }
}

extension Unicode.Scalar {
  /// Whether it is a format character that neither joins nor separates words: the soft hyphen.
  var isSilent: Bool {
    value >= 0x80 && properties.generalCategory == .format
      && !(0x200B...0x200D).contains(value)
  }

  /// Whether the general category is L, M or N.
  var isLetterMarkOrNumber: Bool {
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .letterNumber, .otherNumber:
      true
    default: false
    }
  }
}
