extension Abbreviations {
  /// Initials, titles, ranks, months and references.
  static let english = Abbreviations(
    always: initials + people + clergyAndParliament + ranks + places + months + references,
    beforeNumber: ["Art", "No", "pp"])

  /// `A` to `Z`: a name's initial is far more frequent than a sentence that ends in one letter.
  static let initials = ("A"..."Z" as ClosedRange<Unicode.Scalar>).letters

  private static let people = [
    "Mr", "Mrs", "Ms", "Messrs", "MM", "MR", "MRS", "MS", "Mlle", "Mme", "Dr", "Drs", "DR", "Prof",
    "Sr", "Bros", "Hr", "Asst", "Con", "Corp", "Surg", "Ph", "Adj", "Adv",
  ]

  private static let clergyAndParliament = [
    "Rev", "Rt", "Hon", "Msgr", "St", "Bart", "Gov", "Rep", "Reps", "Res", "Sen", "Sens", "Supt",
    "Insp", "Ord", "Op",
  ]

  private static let ranks = [
    "Adm", "Brig", "Capt", "Cmdr", "Col", "Comdr", "Cpl", "Ens", "Gen", "Lt", "Maj", "Pfc", "Pvt",
    "Sfc", "Sgt",
  ]

  private static let places = ["Bldg", "Hosp"]

  /// All but May, which is a word.
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  private static let references = ["v", "vs", "rev", "Rs", "Nos", "Nr"]
}

extension ClosedRange<Unicode.Scalar> {
  /// Each scalar of the range as a word.
  var letters: [String] {
    (lowerBound.value...upperBound.value).compactMap(Unicode.Scalar.init).map(String.init)
  }
}
