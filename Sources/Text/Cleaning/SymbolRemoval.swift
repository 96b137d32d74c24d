/// Turns every special symbol into a blank.
///
/// What stays: letters, marks, numbers, white space, and the basic punctuation
/// `. , ; : ! ? ' " ( ) - ’ ‘ “ ” „ « » – — … ¿ ¡`.
struct SymbolRemoval: CleaningRule {
  func apply(_ text: [UInt8], into clean: inout [UInt8]) {
    replaceScalars(in: text, into: &clean, by: UInt8(ascii: " ")) { !stays($0) }
  }

  private func stays(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", " ", "\t"..."\r": true
    case ".", ",", ";", ":", "!", "?", "'", "\"", "(", ")", "-": true
    case "\0"..."\u{7F}": false
    case "’", "‘", "“", "”", "„", "«", "»", "–", "—", "…", "¿", "¡": true
    default: scalar.isWhiteSpace || scalar.isLetterMarkOrNumber
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
