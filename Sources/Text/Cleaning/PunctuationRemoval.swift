/// Turns punctuation of every script (general category P), and ASCII's symbols, into blanks.
struct PunctuationRemoval: CleaningRule {
  func apply(_ text: [UInt8], into clean: inout [UInt8]) {
    replaceScalars(in: text, into: &clean, by: UInt8(ascii: " "), where: isPunctuation)
  }

  private func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "!"..."/", ":"..."@", "["..."`", "{"..."~": return true
    case "\0"..."\u{7F}": return false
    default: break
    }
    return switch scalar.properties.generalCategory {
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
      .initialPunctuation, .finalPunctuation, .otherPunctuation:
      true
    default: false
    }
  }
}
