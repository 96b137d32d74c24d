extension MosesTokenizer {
  static let hyphen = Substitution(
    after: .any(of: .alphanumeric), "-", before: .any(of: .alphanumeric), lookingAhead: true,
    with: " @-@ ")

  /// A comma is a token unless it stands between numbers.
  static let commas = SubstitutionGroup([
    Substitution(after: .none(of: .number), ",", with: " , "),
    Substitution(",", before: .none(of: .number), with: " , "),
  ])

  static func apostrophes(_ language: MosesLanguage) -> SubstitutionGroup {
    switch language {
    case .english: englishApostrophes
    case .german: germanApostrophes
    case .french: frenchApostrophes
    }
  }

  /// A contraction keeps the apostrophe on its right part: `don 't`, `1990 's`.
  private static let englishApostrophes = SubstitutionGroup([
    Substitution(
      after: .none(of: .alphabetic), "'", before: .none(of: .alphabetic), with: " ' "),
    Substitution(
      after: .none(of: [.alphabetic, .number]), "'", before: .any(of: .alphabetic), with: " ' "),
    Substitution(after: .any(of: .alphabetic), "'", before: .none(of: .alphabetic), with: " ' "),
    Substitution(after: .any(of: .alphabetic), "'", before: .any(of: .alphabetic), with: " '"),
    Substitution(after: .any(of: .number), "'s", with: " 's"),
  ])

  private static let germanApostrophes = SubstitutionGroup([Substitution("'", with: " ' ")])

  /// An elision keeps the apostrophe on its left part: `l' homme`.
  private static let frenchApostrophes = SubstitutionGroup([
    Substitution(
      after: .none(of: .alphabetic), "'", before: .none(of: .alphabetic), with: " ' "),
    Substitution(after: .none(of: .alphabetic), "'", before: .any(of: .alphabetic), with: " ' "),
    Substitution(after: .any(of: .alphabetic), "'", before: .none(of: .alphabetic), with: " ' "),
    Substitution(after: .any(of: .alphabetic), "'", before: .any(of: .alphabetic), with: "' "),
  ])
}
