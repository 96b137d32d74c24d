extension Abbreviations {
  /// Initials, ordinals, Roman numerals, titles, and what German prose shortens.
  static let german = Abbreviations(
    always: initials + ("a"..."z" as ClosedRange<Unicode.Scalar>).letters + ordinals
      + romanNumerals + titles + ranks + amounts + prose + references)

  /// `1` to `99`: `3.` is "third".
  private static let ordinals = (1...99).map(String.init)

  private static let romanNumerals: [String] = {
    let units = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"]
    let upToTwenty = units + units.map { "X" + $0 } + ["XX"]
    return upToTwenty.filter { !$0.isEmpty }.flatMap { [$0, $0.lowercased()] }
  }()

  private static let titles = [
    "Dr", "DR", "Prof", "Mr", "Mrs", "Ms", "Messrs", "MM", "MR", "MRS", "MS", "Mlle", "Mme", "Sr",
    "St", "Rev", "Rt", "Hon", "Msgr", "Bart", "Gov", "Rep", "Reps", "Res", "Sen", "Sens", "Supt",
    "Insp", "Ord", "Op", "Asst", "Con", "Surg", "Ph", "Adj", "Adv", "Bros", "Chr", "jun", "sen",
  ]

  private static let ranks = [
    "Adm", "Brig", "Capt", "Cmdr", "Col", "Comdr", "Cpl", "Ens", "Gen", "Lt", "Maj", "Pfc", "Pvt",
    "Sfc", "Sgt",
  ]

  private static let amounts = ["Mio", "Mrd", "Std", "Dkr", "MwSt", "ca", "Ca"]

  private static let prose = [
    "bzgl", "bzw", "dergl", "dgl", "etc", "evtl", "ff", "ggf", "sog", "sogen", "spp", "usf", "usw",
    "vgl", "vs", "zzt", "Zt", "Buchst",
  ]

  private static let references = [
    "Art", "No", "Nos", "Nr", "pp", "Bldg", "Hosp", "Co", "Corp", "Ltd", "SA", "BSE",
  ]
}
