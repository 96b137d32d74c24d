/// Turns punctuation of every script (general category P), and ASCII's symbols, into blanks.
struct PunctuationRemoval: CleaningRule {
  private static let marks = ASCIISet { scalar in
    switch scalar {
    case "!"..."/", ":"..."@", "["..."`", "{"..."~": true
    default: false
    }
  }

  func apply(_ text: [UInt8], into clean: inout [UInt8]) {
    replaceScalars(in: text, into: &clean, by: UInt8(ascii: " "), Self.marks) { scalar in
      switch scalar.properties.generalCategory {
      case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
        .initialPunctuation, .finalPunctuation, .otherPunctuation:
        true
      default: false
      }
    }
  }
}
