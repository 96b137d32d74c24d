/// Turns every special symbol into a blank.
///
/// What stays: letters, marks, numbers, white space, and the basic punctuation
/// `. , ; : ! ? ' " ( ) - ’ ‘ “ ” „ « » – — … ¿ ¡`.
struct SymbolRemoval: CleaningRule {
  private static let special = ASCIISet { scalar in
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", " ", "\t"..."\r": false
    case ".", ",", ";", ":", "!", "?", "'", "\"", "(", ")", "-": false
    default: true
    }
  }

  func apply(_ text: [UInt8], into clean: inout [UInt8]) {
    replaceScalars(in: text, into: &clean, by: UInt8(ascii: " "), Self.special) { scalar in
      switch scalar {
      case "’", "‘", "“", "”", "„", "«", "»", "–", "—", "…", "¿", "¡": false
      default: !scalar.isWhiteSpace && !scalar.isLetterMarkOrNumber
      }
    }
  }
}

extension Unicode.Scalar {
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
