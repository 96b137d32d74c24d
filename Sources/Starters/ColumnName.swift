/// The column that a file holds by its name: `train.de`, `labels.txt`.
struct ColumnName {
  /// `source`, `target`, `text`, `label` or `language CODE`.
  let column: String
  /// What else the name says.
  let rest: String
  /// Whether that is more than an ending.
  let isStemmed: Bool

  init?(ofFile path: String) {
    let (stem, ending) = LayoutFinder.parts(of: path)
    if let column = Self.column(ending) {
      (self.column, rest, isStemmed) = (column, stem, true)
      return
    }
    let words = stem.split { !$0.isLetter && !$0.isNumber }.map(String.init)
    let columns = words.compactMap(Self.column)
    guard columns.count == 1, let column = columns.first else { return nil }
    let others = words.filter { Self.column($0) == nil }
    self.column = column
    rest = (others + [ending]).joined(separator: ".")
    isStemmed = !others.isEmpty
  }

  static let english = "language en"

  static func isLanguage(_ column: String) -> Bool { column.hasPrefix("language ") }

  private static func column(_ word: String) -> String? {
    switch word.lowercased() {
    case "source", "src": "source"
    case "target", "tgt": "target"
    case "text", "texts", "sentences", "in": "text"
    case "label", "labels", "y", "classes": "label"
    default: SpokenLanguage(named: word).map { "language \($0.code)" }
    }
  }
}
