import Diagnostics
import Files
import Pipelines
import Text

extension LoadSource {
  /// Takes rows as they are read, and how much of their file was; says whether to go on.
  typealias Taker = (RowBatch, ReadProgress) throws(Diagnostic) -> Bool

  /// Reads the files of one part in turn and gives the rows of the chosen columns.
  ///
  /// - Returns: whether all was read.
  func read(
    part: Int, _ columns: LoadColumns, counts: inout LoadCounts, _ give: Taker
  ) throws(Diagnostic) -> Bool {
    if !parallel.isEmpty { return try readParallel(&counts, give) }
    if !classes.isEmpty { return try readClasses(&counts, give) }
    let before = parts[..<part].reduce(0) { $0 + $1.files.count }
    for (index, file) in parts[part].files.enumerated() {
      let number = before + index + 1
      let isWhole =
        switch format {
        case .csv, .tsv: try readDelimited(file.path, number, columns, &counts, give)
        case .json: try readJSON(file.path, number, columns, &counts, give)
        case .fastText: try readFastText(file.path, number, &counts, give)
        }
      guard isWhole else { return false }
    }
    return true
  }

  func decoder(_ path: String) throws(Diagnostic) -> Decoder<InputFile> {
    Decoder(try InputFile(path), file: path, encoding: encoding, invalid: invalid)
  }

  private func readDelimited(
    _ path: String, _ number: Int, _ columns: LoadColumns, _ counts: inout LoadCounts,
    _ give: Taker
  ) throws(Diagnostic) -> Bool {
    var reader = try delimitedReader(path, number, columns)
    while let batch = try reader.next() {
      guard try give(columns.joined(batch), reader.source.source.progress) else { return false }
    }
    counts.add(reader.skipped, replacements: reader.source.replacements)
    counts.add(reader.missingQuotes, in: path)
    return true
  }

  /// - Parameter stopsEarly: whether no more is read than tells the columns.
  func delimitedReader(
    _ path: String, _ number: Int, _ columns: LoadColumns, stopsEarly: Bool = false
  ) throws(Diagnostic) -> DelimitedReader<Decoder<InputFile>> {
    try DelimitedReader(
      decoder(path), file: path, number: number, dialect: dialect, columns: columns.choices,
      malformedRows: malformedRows, stopsEarly: stopsEarly)
  }

  private func readJSON(
    _ path: String, _ number: Int, _ columns: LoadColumns, _ counts: inout LoadCounts,
    _ give: Taker
  ) throws(Diagnostic) -> Bool {
    var reader = jsonLayout(path, number, columns).reader(of: try decoder(path))
    while let batch = try reader.next() {
      let progress = reader.source { $0.source.progress }
      guard try give(columns.joined(batch), progress) else { return false }
    }
    let replaced = reader.source { $0.replacements } + reader.replacements
    counts.add(reader.skipped, replacements: replaced)
    return true
  }

  func jsonLayout(_ path: String, _ number: Int, _ columns: LoadColumns) -> JSONLayout {
    JSONLayout(
      file: path, number: number, columns: columns.choices, rows: rows, invalid: invalid,
      malformedRows: malformedRows, maximumBytes: rowLimit)
  }

  private func readFastText(
    _ path: String, _ number: Int, _ counts: inout LoadCounts, _ give: Taker
  ) throws(Diagnostic) -> Bool {
    var reader = FastTextReader(
      try decoder(path), file: path, number: number, prefix: labelPrefix,
      severalLabels: severalLabels, maximumBytes: rowLimit)
    while let batch = try reader.next() {
      guard try give(batch, reader.lines.source.source.progress) else { return false }
    }
    counts.add(reader.skipped, replacements: reader.lines.source.replacements)
    return true
  }

  /// Reads line-aligned files side by side, one column each.
  func readParallel(
    _ counts: inout LoadCounts, _ give: Taker
  ) throws(Diagnostic) -> Bool {
    for group in parallel[0].files.indices {
      let readers = try parallelReaders(group)
      let reader = parallelReader(readers, group)
      while let batch = try reader.next() {
        guard try give(batch, readers[0].source.source.progress) else { return false }
      }
      for reader in readers {
        counts.add(SkippedRows(), replacements: reader.source.replacements)
      }
    }
    return true
  }

  /// What reads each file of a group of line-aligned ones.
  func parallelReaders(_ group: Int) throws(Diagnostic) -> [LineReader<Decoder<InputFile>>] {
    try parallel.map { (column) throws(Diagnostic) in
      let file = column.files[group].path
      return LineReader(try decoder(file), file: file, markup: markup, maximumBytes: rowLimit)
    }
  }

  func parallelReader(
    _ readers: [LineReader<Decoder<InputFile>>], _ group: Int
  ) -> ParallelReader<Decoder<InputFile>> {
    ParallelReader(readers, files: parallel.map { $0.files[group].path }, number: group + 1)
  }

  /// The files and folders of all classes, numbered from 1.
  var classPlaces: [(number: Int, place: (name: String, files: ExternalFiles))] {
    let places = classes.flatMap { name, places in places.map { (name: name, files: $0) } }
    return places.enumerated().map { ($0 + 1, $1) }
  }

  /// Reads the files of each class in turn: every line is a text, or every file of a folder.
  private func readClasses(
    _ counts: inout LoadCounts, _ give: Taker
  ) throws(Diagnostic) -> Bool {
    for (number, place) in classPlaces {
      let isWhole =
        switch place.files {
        case .file(let file): try readLines(of: file.path, number, place.name, &counts, give)
        case .folder(_, let folder):
          try readTexts(of: folder, number, place.name, &counts, give)
        }
      guard isWhole else { return false }
    }
    return true
  }

  private func readLines(
    of path: String, _ number: Int, _ label: String, _ counts: inout LoadCounts, _ give: Taker
  ) throws(Diagnostic) -> Bool {
    let reader = LabelledTextReader(
      try decoder(path), file: path, number: number, label: label, maximumBytes: rowLimit)
    while let batch = try reader.nextLines() {
      guard try give(batch, reader.lines.source.source.progress) else { return false }
    }
    counts.add(SkippedRows(), replacements: reader.lines.source.replacements)
    return true
  }

  func readTexts(
    of folder: FolderFiles, _ number: Int, _ label: String, _ counts: inout LoadCounts,
    _ give: Taker
  ) throws(Diagnostic) -> Bool {
    var batch = RowBatch(columnCount: ownColumns.count)
    for (index, path) in folder.paths.enumerated() {
      let reader = LabelledTextReader(
        try decoder(path), file: path, number: number, label: label, maximumBytes: rowLimit)
      try reader.appendText(to: &batch, Origin(file: number, line: index + 1))
      counts.add(SkippedRows(), replacements: reader.lines.source.replacements)
      guard batch.bytes.count >= 256 << 10 || index == folder.names.count - 1 else { continue }
      guard try give(batch, ReadProgress(index + 1, of: folder.names.count)) else { return false }
      batch = RowBatch(columnCount: ownColumns.count)
    }
    return true
  }
}
