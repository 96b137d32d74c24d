import Diagnostics
import Text

/// Files whose names are alike but for the column that each holds: `train.de` and `train.en`.
struct AlignedFiles {
  /// What the names have in common.
  private let rest: String
  /// Named after the columns.
  let files: [DataLayout.NamedFile]
  /// Whether the names say more than the columns: `train.de`, not `de.txt`.
  private let isStemmed: Bool

  private init(_ files: [DataLayout.NamedFile], rest: String, isStemmed: Bool) {
    (self.files, self.rest, self.isStemmed) = (files, rest, isStemmed)
  }

  /// The files that hold columns, by the rest of their names.
  static func groups(of paths: [String]) -> [AlignedFiles] {
    let named = paths.compactMap { path in ColumnName(ofFile: path).map { (path, $0) } }
    let groups = Dictionary(grouping: named) { $0.1.rest }
    return groups.sorted { $0.key < $1.key }.map { rest, files in
      AlignedFiles(
        files.map { DataLayout.NamedFile($1.column, $0) }, rest: rest,
        isStemmed: files.contains { $0.1.isStemmed })
    }
  }

  /// The files in the folder of a part.
  static func inFolder(of part: String, _ paths: [String]) -> AlignedFiles {
    let files = paths.compactMap { path in
      ColumnName(ofFile: path).map { DataLayout.NamedFile($0.column, path) }
    }
    return AlignedFiles(files, rest: part, isStemmed: true)
  }

  /// The part that the files are of.
  var part: PartName? { PartName(rest) }

  /// The files of the columns that others have; nil when some are missing.
  func columns(of others: AlignedFiles) -> AlignedFiles? {
    let found = others.files.compactMap { other in files.first { $0.name == other.name } }
    return found.count == others.files.count
      ? AlignedFiles(found, rest: rest, isStemmed: isStemmed) : nil
  }

  /// - Parameter groups: all files that are of the languages.
  /// - Throws: when there are more than two languages, for a translation has two.
  func refuseThirdLanguage(of groups: [AlignedFiles]) throws(Diagnostic) {
    let languages = files.map(\.name)
    guard Set(languages).count > 2, languages.allSatisfy(ColumnName.isLanguage), isStemmed,
      !areTables
    else { return }
    // Mostly English is one of them, and translated into.
    let into = languages.first { $0 == ColumnName.english } ?? languages[1]
    let pair = [languages.first { $0 != into } ?? languages[0], into]
    throw Diagnostic(
      .severalLanguages(
        files.map { LayoutFinder.name(of: $0.path) },
        pair: groups.flatMap(\.files).filter { pair.contains($0.name) }.map(\.path)))
  }

  /// Whether they are two columns with equal numbers of lines.
  ///
  /// - Throws: when their names say that their lines belong together, but one has more.
  func areAligned(_ given: GivenNotation) throws(Diagnostic) -> Bool {
    guard files.count == 2, files[0].name != files[1].name else { return false }
    let counts = (
      try LineSample(files[0].path, given).count, try LineSample(files[1].path, given).count
    )
    guard counts.0 != counts.1 else { return true }
    let areLanguages = files.allSatisfy { ColumnName.isLanguage($0.name) }
    // Files that are named after languages alone may be those of classes.
    guard isStemmed || !areLanguages, !areTables else { return false }
    let canBeRenamed =
      areLanguages && files.allSatisfy { ColumnName(ofFile: $0.path)?.isStemmed == true }
    throw Diagnostic(
      .unequalLengths(
        files.map { LayoutFinder.name(of: $0.path) }, counts, canBeClasses: canBeRenamed),
      at: Place(file: files[1].path))
  }

  /// Whether they hold rows of several columns, which may stand on several lines.
  private var areTables: Bool {
    let endings = ["csv", "tsv", "tab", "json", "jsonl", "ndjson"]
    return files.contains { endings.contains(LayoutFinder.parts(of: $0.path).ending) }
  }
}

extension Diagnostic.Message {
  fileprivate static func unequalLengths(
    _ names: [String], _ counts: (Int, Int), canBeClasses: Bool
  ) -> Self {
    let classes =
      canBeClasses
      ? "; or, for a classifier of languages, name the files after these alone, as de.txt" : ""
    return Self(
      "\(names[0]) has \(Spelling.count(counts.0, "line")), but \(names[1])"
        + " \(Spelling.count(counts.1)): files whose lines belong together have equally many",
      remedy: "look for a line that is missing or broken in two\(classes)")
  }

  fileprivate static func severalLanguages(_ names: [String], pair: [String]) -> Self {
    let more = names.count > 6 ? ", …" : ""
    return Self(
      "a translation has two languages, but here are \(Spelling.count(names.count)):"
        + " \(names.prefix(6).joined(separator: ", "))\(more)",
      remedy: "name the files of two: millrace init \(ShellWord.line(pair))")
  }
}
