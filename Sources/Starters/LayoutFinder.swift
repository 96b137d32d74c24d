import Diagnostics
import Files
import Text

/// Finds out how files and folders hold rows: by their names first, then by what is in them.
package struct LayoutFinder {
  /// The paths of files; hidden ones and descriptions are left out.
  private let files: [String]
  /// The paths of folders and how many files each holds.
  private let folders: [String]
  /// The words that name them.
  private let named: String
  private let given: GivenNotation

  /// Looks at what a person named: a file, several, or a folder.
  ///
  /// - Parameter given: what is known of how lines are written.
  package init(
    _ paths: [String], given: GivenNotation = GivenNotation()
  ) throws(Diagnostic) {
    self.given = given
    named = paths.joined(separator: " ")
    if paths.count == 1, let path = paths.first, let names = try Self.names(in: path) {
      let entries = names.map { Self.joined(path, $0) }
      var (files, folders): ([String], [String]) = ([], [])
      for entry in entries {
        if try Self.names(in: entry) != nil { folders.append(entry) } else { files.append(entry) }
      }
      self.files = files.filter { !Self.isAside($0) }
      self.folders = folders
    } else {
      var (files, folders): ([String], [String]) = ([], [])
      for path in paths {
        if try Self.names(in: path) != nil { folders.append(path) } else { files.append(path) }
      }
      self.files = files
      self.folders = folders
    }
  }

  /// The names in a folder, without hidden ones; nil for what is no folder.
  private static func names(in path: String) throws(Diagnostic) -> [String]? {
    let names = try Folder.names(in: path).filter { !$0.hasPrefix(".") }
    guard names.isEmpty else { return names }
    // A link may lead to a folder, too; the folder of an empty path would be the root.
    guard !path.isEmpty else { return nil }
    return try FileStatus.isFolder("\(path)/.") ? [] : nil
  }

  /// The files of a folder; nil for what is no folder.
  static func files(in path: String) throws(Diagnostic) -> [String]? {
    try names(in: path)?.map { joined(path, $0) }
  }

  private static func joined(_ folder: String, _ name: String) -> String {
    folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
  }

  /// Whether a file goes along with data rather than holding some.
  private static func isAside(_ path: String) -> Bool {
    let name = Self.name(of: path).lowercased()
    return ["readme", "license", "licence", "changelog", "makefile", "citation"].contains {
      name.hasPrefix($0)
    } || [".md", ".toml", ".py", ".sh", ".pdf", ".html"].contains { name.hasSuffix($0) }
  }

  static func name(of path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  /// The name without `.gz`, up to its last dot, and what stands behind that.
  static func parts(of path: String) -> (stem: String, ending: String) {
    var name = name(of: path)
    if name.hasSuffix(".gz") { name = String(name.dropLast(3)) }
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return (name, "") }
    return (String(name[..<dot]), String(name[dot...].dropFirst()))
  }

  /// - Throws: when the files fit no layout that is known; the error says what was found.
  package func layout() throws(Diagnostic) -> DataLayout {
    if let folders = try foldersOfParts() { return folders }
    if files.isEmpty, let folders = try foldersOfClasses() { return folders }
    if files.count == 1, let file = files.first { return .table([file]) }
    if let parallel = try parallelFiles() { return parallel }
    let rows = files.filter { $0 != classNames }
    if rows.count == 1, let file = rows.first { return .table([file]) }
    if let tables = tablesOfParts() { return tables }
    if !folders.isEmpty, let folders = try foldersOfClasses() { return folders }
    if let classes = filesOfClasses() { return classes }
    if files.count > 1, files.allSatisfy({ Self.rank($0) > 0 }) { return .table(files.sorted()) }
    throw Diagnostic(.noLayout(named, files: files.map(Self.name), folders: folders.map(Self.name)))
  }

  /// A folder for each part, in each two files whose lines belong together, or one table.
  private func foldersOfParts() throws(Diagnostic) -> DataLayout? {
    var parallel: [DataLayout.Part] = []
    var tables: [DataLayout.NamedFile] = []
    for folder in folders {
      guard let part = PartName(Self.name(of: folder))?.rawValue, try Self.holdsFiles(folder) else {
        continue
      }
      let files = (try Self.files(in: folder) ?? []).filter { !Self.isAside($0) }
      let columns = AlignedFiles.inFolder(of: part, files)
      try columns.refuseThirdLanguage(of: [columns])
      if try columns.areAligned(given) {
        parallel.append(DataLayout.Part(name: part, files: columns.files))
      } else if files.count == 1, Self.rank(files[0]) > 0 {
        tables.append(DataLayout.NamedFile(part, files[0]))
      }
    }
    if parallel.contains(where: { $0.name == "train" }) { return .parallel(Self.inOrder(parallel)) }
    let inOrder = PartName.allCases.compactMap { part in
      tables.first { $0.name == part.rawValue }
    }
    return inOrder.first?.name == "train" && inOrder.count > 1 ? .tables(inOrder) : nil
  }

  /// A folder for each class, in a folder for each part or without parts.
  private func foldersOfClasses() throws(Diagnostic) -> DataLayout? {
    var parts: [DataLayout.Part] = []
    for folder in folders {
      guard let part = PartName(Self.name(of: folder)),
        let classes = try Self.classes(in: folder)
      else { continue }
      parts.append(DataLayout.Part(name: part.rawValue, files: classes))
    }
    if parts.contains(where: { $0.name == "train" }) { return .classes(Self.inOrder(parts)) }
    var classes: [DataLayout.NamedFile] = []
    for folder in folders where try Self.holdsFiles(folder) {
      classes.append(DataLayout.NamedFile(Self.name(of: folder), folder))
    }
    return classes.count > 1 ? .classes([DataLayout.Part(name: nil, files: classes)]) : nil
  }

  /// The folders of files in a folder, without one of texts that have no label.
  private static func classes(in folder: String) throws(Diagnostic) -> [DataLayout.NamedFile]? {
    var classes: [DataLayout.NamedFile] = []
    for name in try names(in: folder) ?? [] where name != "unsup" {
      let path = joined(folder, name)
      if try holdsFiles(path) { classes.append(DataLayout.NamedFile(name, path)) }
    }
    return classes.count > 1 ? classes : nil
  }

  /// Whether the first thing in a folder is a file.
  private static func holdsFiles(_ folder: String) throws(Diagnostic) -> Bool {
    guard let first = try names(in: folder)?.first else { return false }
    return try names(in: joined(folder, first)) == nil
  }

  static func inOrder(_ parts: [DataLayout.Part]) -> [DataLayout.Part] {
    PartName.allCases.compactMap { name in parts.first { $0.name == name.rawValue } }
  }

  /// Files whose names are alike but for the part they are of.
  private func tablesOfParts() -> DataLayout? {
    var found: [DataLayout.NamedFile] = []
    for part in PartName.allCases {
      let own = files.filter { PartName(Self.bareName(of: $0)) == part }
      // The same rows may be there in several formats.
      let file = own.max { Self.rank($0) < Self.rank($1) }
      if let file { found.append(DataLayout.NamedFile(part.rawValue, file)) }
    }
    guard found.first?.name == "train", found.count > 1 else { return nil }
    return .tables(found)
  }

  /// The name without what says how the file is written: `TREC.train`, `data.test`.
  private static func bareName(of path: String) -> String {
    let (stem, ending) = parts(of: path)
    return rank(path) >= 0 ? stem : "\(stem).\(ending)"
  }

  /// The file that names classes, a line each, if one goes along with the others.
  package var classNames: String? {
    files.first { file in
      let words = Self.name(of: file).lowercased().split { !$0.isLetter }.map(String.init)
      return [
        ["classes", "txt"], ["labels", "txt"], ["class", "names", "txt"],
        ["label", "names", "txt"],
      ]
      .contains(words)
    }
  }

  private static func rank(_ path: String) -> Int {
    let endings = ["txt", "json", "jsonl", "tsv", "csv"]
    return endings.firstIndex(of: parts(of: path).ending) ?? -1
  }

  /// Files of equal numbers of lines, whose names are alike but for the column they hold.
  private func parallelFiles() throws(Diagnostic) -> DataLayout? {
    let groups = AlignedFiles.groups(of: files)
    let named = groups.filter { $0.part != nil }
    let train = named.first { $0.part == .train && $0.files.count > 1 }
    guard let first = train ?? (groups.count == 1 ? groups[0] : nil), first.files.count > 1 else {
      return nil
    }
    try first.refuseThirdLanguage(of: train == nil ? groups : named)
    guard try first.areAligned(given) else { return nil }
    guard train != nil else {
      return .parallel([DataLayout.Part(name: nil, files: first.files)])
    }
    var parts = [DataLayout.Part(name: PartName.train.rawValue, files: first.files)]
    for group in named.compactMap({ $0.columns(of: first) }) where group.part != .train {
      if try group.areAligned(given) {
        parts.append(DataLayout.Part(name: group.part?.rawValue, files: group.files))
      }
    }
    return .parallel(Self.inOrder(parts))
  }

  /// Text files, each named after a class: `rt-polarity.pos` and `rt-polarity.neg`, `pos.txt`.
  private func filesOfClasses() -> DataLayout? {
    guard files.count > 1 else { return nil }
    let names = files.map(Self.parts)
    let endings = Set(names.map(\.ending))
    let stems = Set(names.map(\.stem))
    let tables = ["csv", "tsv", "tab", "json", "jsonl", "ndjson"]
    guard endings.allSatisfy({ !tables.contains($0) }) else { return nil }
    if stems.count == 1, endings.count == files.count {
      return classes(names.map(\.ending))
    }
    return endings.count == 1 && stems.count == files.count ? classes(names.map(\.stem)) : nil
  }

  private func classes(_ names: [String]) -> DataLayout {
    .classes([
      DataLayout.Part(
        name: nil, files: zip(names, files).map { DataLayout.NamedFile($0, $1) })
    ])
  }
}

extension Diagnostic.Message {
  fileprivate static func noLayout(_ named: String, files: [String], folders: [String]) -> Self {
    let found = (files.prefix(6) + folders.prefix(6).map { $0 + "/" }).joined(separator: ", ")
    return Self(
      found.isEmpty
        ? "'\(named)' holds no files of data"
        : "what these files hold together cannot be told: \(found)",
      remedy:
        "give one file of rows; or train, valid and test files; or two files whose lines belong"
        + " together, such as train.de and train.en; or a file or folder for each class")
  }
}
