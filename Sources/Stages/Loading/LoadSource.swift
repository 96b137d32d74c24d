import Artifacts
import Diagnostics
import Pipelines
import Reports
import Text

/// The files that load reads, and how they are written.
struct LoadSource: Sendable {
  private enum Format: String, CaseIterable {
    case auto, csv, tsv
  }

  private let delimited: [ExternalFile]
  private let parallel: [(name: String, files: [ExternalFile])]
  private let markup: LineMarkup
  private let dialect: Dialect
  let encoding: TextEncoding
  private let invalid: InvalidBytes
  private let malformedRows: MalformedRows

  init(from options: inout StageOptions) {
    delimited = options.files(
      "path", unset: "none", "the file, relative to the definition; several are read in turn")
    parallel = options.namedFiles(
      "files", unset: "none",
      "line-aligned files of each column: { source = …, target = … }; lists are read in turn")
    if options.isGiven("path") == options.isGiven("files") {
      options.reject("files", .pathOrFiles)
    }
    if parallel.contains(where: { $0.name == TableText.originColumn }) {
      options.reject("files", .reservedColumn)
    }
    if Set(parallel.map(\.files.count)).count > 1 { options.reject("files", .unequalLists) }
    let isParallel = options.isGiven("files")
    let isAligned = OptionCondition(
      isParallel, obstacle: "a file of columns", remedy: "name line-aligned files in files")
    markup = options.under(isAligned) {
      $0.choice(
        "markup", default: LineMarkup.none,
        "for files: what stands around sentences, as in the release of IWSLT 2014")
    }
    let hasFields = OptionCondition(
      !isParallel, obstacle: "line-aligned files", remedy: "name a file of columns in path")
    let path = delimited.first?.path ?? ""
    dialect = options.under(hasFields) { Self.dialect(from: &$0, path: path) }
    encoding = options.choice(
      "encoding", default: TextEncoding.utf8, "of the files; a byte order mark wins over it")
    invalid = options.choice(
      "invalid", default: InvalidBytes.refuse,
      "what to do with bytes that are not in the encoding: stop, or replace them by U+FFFD")
    malformedRows = options.under(hasFields) {
      $0.choice(
        "on-error", default: MalformedRows.refuse,
        "what to do with rows that have the wrong number of fields: stop, or skip and count them")
    }
  }

  var isParallel: Bool { !parallel.isEmpty }

  var parallelNames: [String] { parallel.map(\.name) }

  var files: [ExternalFile] { delimited + parallel.flatMap(\.files) }

  /// The files that are read in turn: one at a time, or one a column.
  var rowFiles: [[String]] {
    guard isParallel else { return delimited.map { [$0.path] } }
    return parallel[0].files.indices.map { index in parallel.map { $0.files[index].path } }
  }

  private static func dialect(from options: inout StageOptions, path: String) -> Dialect {
    let named = options.choice(
      "format", default: Format.auto, isKeyed: false,
      "csv or tsv; auto goes by the file's name")
    let plain = path.hasSuffix(".gz") ? String(path.dropLast(3)) : path
    let isTSV =
      named == .tsv || named == .auto && (plain.hasSuffix(".tsv") || plain.hasSuffix(".tab"))
    options.key("format", .text(isTSV ? "tsv" : "csv"))
    var dialect: Dialect = isTSV ? .tsv : .csv
    dialect.delimiter =
      options.byte(
        "delimiter", default: isTSV ? "\t" : ",", unset: "a comma, or a tab for tsv",
        "the character between fields") ?? dialect.delimiter
    let isQuoted = options.flag(
      "quoting", default: !isTSV, shown: "true for csv, false for tsv",
      "whether fields may stand in double quotes; else quotes are text")
    dialect.quote = isQuoted ? UInt8(ascii: "\"") : nil
    let quoted = OptionCondition(
      isQuoted, obstacle: "quoting = false", remedy: "set quoting = true")
    dialect.strayQuotes = options.under(quoted) {
      $0.choice(
        "stray-quotes", default: Dialect.StrayQuotes.refuse,
        "what to do with a quote inside an unquoted field")
    }
    dialect.escape = options.byte(
      "escape", default: nil, unset: "none", "the character that escapes the next one")
    dialect.comment = options.byte(
      "comment", default: nil, unset: "none", "lines that start with this character are left out")
    dialect.skippedLines = options.integer(
      "skip-lines", default: 0, in: 0...1_000_000, "lines to leave out at the top")
    dialect.hasHeader = options.flag(
      "header", default: true, "whether the first row names the columns")
    dialect.trims = options.flag(
      "trim", default: false, "whether blanks around fields are dropped")
    dialect.nullWords = Set(
      options.texts("null-words", default: [], "unquoted fields that mean empty, such as NULL"))
    return dialect
  }

  /// Reads every file in turn and gives the rows of the chosen columns.
  ///
  /// - Parameter give: is given rows, and how many bytes of how many of their file were read; says
  ///   whether to go on.
  /// - Returns: whether all was read.
  func read(
    _ columns: LoadColumns, counts: inout LoadCounts,
    _ give: (RowBatch, _ bytesRead: Int, _ byteCount: Int) throws(Diagnostic) -> Bool
  ) throws(Diagnostic) -> Bool {
    if isParallel { return try readParallel(&counts, give) }
    for (index, file) in delimited.enumerated() {
      let decoder = Decoder(
        try InputFile(file.path), file: file.path, encoding: encoding, invalid: invalid)
      var reader = try DelimitedReader(
        decoder, file: file.path, number: index + 1, dialect: dialect, columns: columns.choices,
        malformedRows: malformedRows)
      while let batch = try reader.next() {
        let (read, size) = (reader.source.source.bytesRead, reader.source.source.byteCount)
        guard try give(columns.joined(batch), read, size) else { return false }
      }
      counts.add(reader.skipped, replacements: reader.source.replacements)
      counts.add(reader.swallowed, in: file.path)
    }
    return true
  }
}

extension LoadSource {
  /// Reads line-aligned files side by side, one column each.
  private func readParallel(
    _ counts: inout LoadCounts,
    _ give: (RowBatch, _ bytesRead: Int, _ byteCount: Int) throws(Diagnostic) -> Bool
  ) throws(Diagnostic) -> Bool {
    for group in parallel[0].files.indices {
      let files = parallel.map { $0.files[group].path }
      var readers: [LineReader<Decoder<InputFile>>] = []
      for file in files {
        let decoder = Decoder(
          try InputFile(file), file: file, encoding: encoding, invalid: invalid)
        readers.append(LineReader(decoder, file: file, markup: markup))
      }
      let reader = ParallelReader(readers, files: files, number: group + 1)
      while let batch = try reader.next() {
        let (read, size) = (readers[0].source.source.bytesRead, readers[0].source.source.byteCount)
        guard try give(batch, read, size) else { return false }
      }
      for reader in readers {
        counts.add(SkippedRows(), replacements: reader.source.replacements)
      }
    }
    return true
  }
}

extension Diagnostic.Message {
  fileprivate static let pathOrFiles = Self(
    "load needs either path or files",
    remedy: "path for CSV and TSV, files for one text file a column")

  fileprivate static let unequalLists = Self(
    "the columns have different numbers of files", remedy: "list as many files for each column")
}

/// What load met on the way.
struct LoadCounts {
  private var skipped = 0
  private var examples: [Diagnostic] = []
  private var replacements = 0
  /// Where a quoted field starts that seems to hold rows, the first of each file, and its lines.
  private var swallowed: [(place: Place, lineCount: Int)] = []

  mutating func add(_ rows: SkippedRows, replacements count: Int) {
    skipped += rows.count
    examples += rows.examples.prefix(max(0, 3 - examples.count))
    replacements += count
  }

  mutating func add(_ rows: SwallowedRows, in file: String) {
    guard let first = rows.first else { return }
    swallowed.append((Place(file: file, line: first.line), first.lineCount))
  }

  func note(in work: StageWork, rows: Int) {
    work.note("rows", .integer(rows))
    var summary = "\(Spelling.count(rows)) rows"
    if skipped > 0 {
      work.note("skipped", .integer(skipped))
      work.note("skipped-examples", .array(examples.map { .string("\($0)") }))
      summary += ", \(Spelling.count(skipped)) skipped"
    }
    if replacements > 0 {
      work.note("replaced-bytes", .integer(replacements))
      summary += ", \(Spelling.count(replacements)) invalid bytes replaced"
    }
    for (place, lineCount) in swallowed { work.warn(.swallowedRows(lineCount), at: place) }
    if rows == 0 { work.warn(.noRows) }
    work.summarise(summary)
  }
}

extension Diagnostic.Message {
  fileprivate static func swallowedRows(_ lineCount: Int) -> Self {
    Self(
      "a quoted field of this row holds \(Spelling.count(lineCount)) lines, which look like rows",
      remedy: "close the quote where the text ends, or set quoting = false if quotes are text")
  }

  fileprivate static let noRows = Self("load found no rows: the table is empty")
}
