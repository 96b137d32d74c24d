/// When the scores on test rows are computed and shown, as `test = "final"` of a definition says.
enum TestScores: String, CaseIterable {
  /// With all others.
  case open
  /// Only with `--final`, so that nothing is chosen by them.
  case final

  static let option = "test"
}
