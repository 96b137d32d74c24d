/// How the rows of a file are written.
enum LoadFormat: String, CaseIterable {
  case csv, tsv, json
  case fastText = "fasttext"

  /// What an option says instead of a format where the file's name tells it.
  static let automatic = "auto"

  /// What the end of a file's name says.
  init(ofFile path: String) {
    let plain = path.hasSuffix(".gz") ? String(path.dropLast(3)) : path
    if [".tsv", ".tab"].contains(where: plain.hasSuffix) {
      self = .tsv
    } else {
      self = [".json", ".jsonl", ".ndjson"].contains(where: plain.hasSuffix) ? .json : .csv
    }
  }

  /// Whether records of fields stand in it, between delimiters.
  var isDelimited: Bool { self == .csv || self == .tsv }

  /// As an error calls such a file.
  var description: String {
    switch self {
    case .csv, .tsv: "a file of columns"
    case .json: "a JSON file"
    case .fastText: "lines as fastText has them"
    }
  }
}
