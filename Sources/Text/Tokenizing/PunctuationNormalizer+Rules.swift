extension PunctuationNormalizer {
  /// The rules in order; after each group runs of spaces collapse.
  static let groups = [bracketSpaces, spacesAndQuotes, typography]

  /// A space before each opening and after each closing bracket.
  private static let bracketSpaces = SubstitutionGroup([
    Substitution("\r", with: ""),
    Substitution("(", with: " ("),
    Substitution(")", with: ") "),
  ])

  /// No space inside brackets or before stops; plain double quotes and dashes.
  private static let spacesAndQuotes = SubstitutionGroup([
    Substitution(") ", before: .any(of: .stop), with: ")"),
    Substitution("( ", with: "("),
    Substitution(" )", with: ")"),
    Substitution(after: .any(of: .asciiDigit), " %", with: "%"),
    Substitution(" :", with: ":"),
    Substitution(" ;", with: ";"),
    Substitution("`", with: "'"),
    Substitution("''", with: " \" "),
    Substitution("\u{201E}", with: "\""),
    Substitution("\u{201C}", with: "\""),
    Substitution("\u{201D}", with: "\""),
    Substitution("\u{2013}", with: "-"),
    Substitution("\u{2014}", with: " - "),
  ])

  /// Single quotes, guillemets with their no-break spaces, and the other no-break spaces.
  private static let typography = SubstitutionGroup([
    Substitution("\u{B4}", with: "'"),
    Substitution(
      after: .any(of: .asciiLetter), "\u{2018}", before: .any(of: .asciiLetter), with: "'"),
    Substitution(
      after: .any(of: .asciiLetter), "\u{2019}", before: .any(of: .asciiLetter), with: "'"),
    Substitution("\u{2018}", with: "\""),
    Substitution("\u{201A}", with: "\""),
    Substitution("\u{2019}", with: "\""),
    Substitution("''", with: "\""),
    Substitution("\u{2026}", with: "..."),
    Substitution("\u{A0}«\u{A0}", with: " \""),
    Substitution("«\u{A0}", with: "\""),
    Substitution("«", with: "\""),
    Substitution("\u{A0}»\u{A0}", with: "\" "),
    Substitution("\u{A0}»", with: "\""),
    Substitution("»", with: "\""),
    Substitution("\u{A0}%", with: "%"),
    Substitution("nº\u{A0}", with: "nº "),
    Substitution("\u{A0}:", with: ":"),
    Substitution("\u{A0}ºC", with: " ºC"),
    Substitution("\u{A0}cm", with: " cm"),
    Substitution("\u{A0}?", with: "?"),
    Substitution("\u{A0}!", with: "!"),
    Substitution("\u{A0};", with: ";"),
    Substitution(",\u{A0}", with: ", "),
  ])
}
