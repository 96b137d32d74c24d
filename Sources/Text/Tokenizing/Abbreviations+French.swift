extension Abbreviations {
  /// Initials, single letters but the word `a`, titles, bibliography, grammar and time.
  static let french = Abbreviations(
    always: initials + ("b"..."z" as ClosedRange<Unicode.Scalar>).letters + titles + bibliography
      + grammar + timeAndPlace + prose)

  private static let titles = ["MM", "SS", "dir", "lib"]

  private static let bibliography = [
    "al", "ann", "art", "cf", "chap", "contr", "éd", "fasc", "fig", "ibid", "id", "ms", "pl", "pp",
    "sec", "sect", "sq", "sqq", "suiv", "sup", "suppl", "vol",
  ]

  private static let grammar = ["fém", "inf", "masc", "sing", "vb", "fr"]

  private static let timeAndPlace = ["apr", "auj", "av", "boul", "hab", "tél"]

  private static let prose = ["ca", "env", "etc", "ex", "vs"]
}
