import Diagnostics
import Files
import Pipelines
import Text

/// The files that load reads, and their notation.
struct LoadSource: Sendable {
  /// The files of one table, which are read in turn.
  struct Part: Sendable {
    /// The output's name; nil for the only one.
    let name: String?
    let files: [ExternalFile]
  }

  /// Of CSV, TSV, JSON or fastText's lines; none for other layouts.
  let parts: [Part]
  /// Line-aligned files, by column.
  let parallel: [(name: String, files: [ExternalFile])]
  /// Files with a text on each line, and folders with a text in each file, by class.
  let classes: [(name: String, files: [ExternalFiles])]
  let format: LoadFormat
  let markup: LineMarkup
  let dialect: Dialect
  /// Of JSON: the list that holds the rows; nil when the file is nothing else.
  let rows: String?
  let labelPrefix: String
  let severalLabels: SeveralLabels
  let encoding: TextEncoding
  let invalid: InvalidBytes
  let malformedRows: MalformedRows
  /// The longest row, in bytes.
  let rowLimit: Int

  /// The options that say where files are, of which one is given.
  static let places = ["path", "files", "parts", "classes"]

  init(from options: inout StageOptions) {
    let delimited = options.files(
      "path", unset: "none", "the file, relative to the definition; several are read in turn")
    parallel = options.namedFiles(
      "files", unset: "none",
      "line-aligned files of each column: { source = …, target = … } or { text = …, label = … };"
        + " lists are read in turn")
    let named = options.namedFiles(
      "parts", unset: "none",
      "files of parts: { train = …, test = … }; the outputs are called like them")
    classes = options.namedFilesOrFolders(
      "classes", unset: "none",
      "files with a text on each line, or folders with a text in each file, of each class:"
        + " { pos = …, neg = … }")
    parts =
      options.isGiven("parts")
      ? named.map { Part(name: $0.name, files: $0.files) } : [Part(name: nil, files: delimited)]
    let given = Self.places.filter { options.isGiven($0) }
    if given.count != 1 { options.reject(given.last ?? "files", .onePlace(given)) }
    if parallel.contains(where: { $0.name == TableText.originColumn }) {
      options.reject("files", .reservedColumn)
    }
    if Set(parallel.map(\.files.count)).count > 1 { options.reject("files", .unequalLists) }
    let isAligned = OptionCondition(
      options.isGiven("files"), obstacle: "a file of columns",
      remedy: "name line-aligned files in files")
    markup = options.under(isAligned) {
      $0.choice(
        "markup", default: LineMarkup.none,
        "for files: what stands around sentences, as in the release of IWSLT 2014")
    }
    let layout =
      options.isGiven("classes")
      ? "files of classes" : options.isGiven("files") ? "line-aligned files" : nil
    let hasFormat = OptionCondition(
      layout == nil, obstacle: layout ?? "", remedy: "name a file of columns in path")
    let path = parts.first?.files.first?.path ?? ""
    let format = options.under(hasFormat) {
      LoadFormat(
        rawValue: $0.choice(
          "format", among: [LoadFormat.automatic] + LoadFormat.allCases.map(\.rawValue),
          default: LoadFormat.automatic, isKeyed: false,
          "csv, tsv, json for a list of objects or JSON Lines, fasttext for __label__; auto goes by"
            + " the file's name")) ?? LoadFormat(ofFile: path)
    }
    options.key("format", .text(format.rawValue))
    self.format = format
    func fits(_ isMet: Bool, _ remedy: String) -> OptionCondition {
      OptionCondition(
        layout == nil && isMet, obstacle: layout ?? format.description, remedy: remedy)
    }
    // What can only be refused changes no result.
    rowLimit =
      options.integer(
        "row-limit", default: RowLimit.megabytes, in: 1...65_536, isKeyed: false,
        "the most megabytes of a row; memory is a few times that") << 20
    var dialect = options.under(fits(format.isDelimited, "name a file of columns in path")) {
      Dialect(from: &$0, isTSV: format == .tsv)
    }
    dialect.maximumRecordBytes = rowLimit
    self.dialect = dialect
    rows = options.under(fits(format == .json, "set format = \"json\"")) {
      $0.optionalText(
        "rows", unset: "the whole file",
        "for json: the list that holds the rows, such as \"data\" or \"data.train\"")
    }
    (labelPrefix, severalLabels) = options.under(
      fits(format == .fastText, "set format = \"fasttext\"")
    ) { options in
      options.added {
        (
          $0.text(
            "label-prefix", default: "__label__",
            "for fasttext: what labels begin with; \"\" for a label that is the first word"),
          $0.choice(
            "several-labels", default: SeveralLabels.refuse,
            "for fasttext: what to do with lines of several labels: stop, take the first, or skip"
              + " and count them")
        )
      }
    }
    encoding = options.choice(
      "encoding", default: TextEncoding.utf8, "of the files; a byte order mark wins over it")
    invalid = options.choice(
      "invalid", default: InvalidBytes.refuse,
      "what to do with bytes that are not in the encoding: stop, or replace them by U+FFFD")
    malformedRows = options.under(fits(format != .fastText, "name a file of columns in path")) {
      $0.choice(
        "on-error", default: MalformedRows.refuse,
        "what to do with rows that have the wrong number of fields, or are no JSON: stop, or skip"
          + " and count them")
    }
  }

  /// The option that says where its files are.
  var place: String {
    if !parallel.isEmpty { return "files" }
    if !classes.isEmpty { return "classes" }
    return parts.first?.name == nil ? "path" : "parts"
  }

  /// Whether columns are to be chosen.
  var hasColumns: Bool { parallel.isEmpty && classes.isEmpty && format != .fastText }

  /// What the table's columns are called, where none are chosen.
  var ownColumns: [String] {
    parallel.isEmpty ? LabelledTextReader<Decoder<InputFile>>.columns : parallel.map(\.name)
  }

  /// What the parts are called; nil for a table that is no part.
  var partNames: [String?] { parts.map(\.name) }

  var files: [ExternalFiles] {
    let plain = parts.flatMap(\.files) + parallel.flatMap(\.files)
    return plain.map { .file($0) } + classes.flatMap(\.files)
  }

  /// The groups of files that are read in turn: single files, or one file for each column.
  var rowFiles: [[String]] {
    if let first = parallel.first {
      return first.files.indices.map { index in parallel.map { $0.files[index].path } }
    }
    return parts.flatMap(\.files).map { [$0.path] } + classes.flatMap(\.files).map { [$0.path] }
  }
}

extension LoadSource {
  /// The file that is a row by itself: one of a folder, whose number stands for the line; nil for
  /// rows that are lines of files.
  func textFile(of origin: Origin) -> String? {
    let places = classes.flatMap(\.files)
    guard places.indices.contains(origin.file - 1),
      case .folder(_, let folder) = places[origin.file - 1],
      folder.names.indices.contains(origin.line - 1)
    else { return nil }
    return "\(folder.folder)/\(folder.names[origin.line - 1])"
  }
}

extension Diagnostic.Message {
  fileprivate static func onePlace(_ given: [String]) -> Self {
    Self(
      given.isEmpty
        ? "load needs path, files, parts or classes"
        : "load needs one of path, files, parts and classes, not \(given.joined(separator: " and "))",
      remedy:
        "path for CSV, TSV and JSON, parts for such files of train and test, files for one text file"
        + " a column, classes for one file or folder a class")
  }

  fileprivate static let unequalLists = Self(
    "the columns have different numbers of files", remedy: "list as many files for each column")
}
