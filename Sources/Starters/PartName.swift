/// What files of parts are called: `train.csv`, `dev.tsv`, `test.jsonl`.
enum PartName: String, CaseIterable {
  case train, valid, test

  /// The part that a file or folder is named after; nil when it is none.
  ///
  /// Its name may go on behind a sign, as in `train-00000.csv` and `test_2016`, or stand behind one.
  init?(_ name: String) {
    let words = name.lowercased().split { !$0.isLetter }.map(String.init)
    let known: [(PartName, [String])] = [
      (.train, ["train", "training", "trn"]), (.test, ["test", "testing", "tst", "eval"]),
      (.valid, ["valid", "validation", "val", "dev", "development"]),
    ]
    let found = known.filter { _, names in words.contains(where: names.contains) }
    guard found.count == 1 else { return nil }
    self = found[0].0
  }
}
