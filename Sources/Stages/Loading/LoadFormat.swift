/// How the rows of a file are written.
enum LoadFormat: String, CaseIterable {
  case csv, tsv, json
  case fastText = "fasttext"

  /// What an option may say: a format, or that the file's name tells it.
  enum Named: String, CaseIterable {
    case auto, csv, tsv, json, fasttext
  }

  init(_ named: Named, path: String) {
    self = LoadFormat(rawValue: named.rawValue) ?? Self.suggested(by: path)
  }

  /// What the end of a file's name says.
  private static func suggested(by path: String) -> LoadFormat {
    let plain = path.hasSuffix(".gz") ? String(path.dropLast(3)) : path
    if [".tsv", ".tab"].contains(where: plain.hasSuffix) { return .tsv }
    return [".json", ".jsonl", ".ndjson"].contains(where: plain.hasSuffix) ? .json : .csv
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
