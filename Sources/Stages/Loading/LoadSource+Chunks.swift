import Artifacts
import Diagnostics
import Files
import Pipelines
import Text

/// Files in chunks of lines, where rows are lines that lie together.
extension LoadSource {
  /// The lines of the key that name its files.
  var lineNames: Set<String> {
    Set(
      files.map {
        switch $0 {
        case .file(let file): file.name
        case .folder(let name, _): name
        }
      })
  }

  /// Reads the files of one part in turn and writes the rows of the chosen columns.
  ///
  /// - Returns: whether all was read.
  func load(
    part: Int, _ columns: LoadColumns, counts: inout LoadCounts, into table: inout LoadedTable
  ) throws(Diagnostic) -> Bool {
    if !parallel.isEmpty { return try loadParallel(&counts, into: &table) }
    if !classes.isEmpty { return try loadClasses(&counts, into: &table) }
    let before = parts[..<part].reduce(0) { $0 + $1.files.count }
    for (index, file) in parts[part].files.enumerated() {
      let number = before + index + 1
      let isWhole =
        switch format {
        case .csv, .tsv: try loadDelimited(file.path, number, columns, &counts, into: &table)
        case .json: try loadJSON(file.path, number, columns, &counts, into: &table)
        case .fastText: try loadFastText(file.path, number, &counts, into: &table)
        }
      guard isWhole else { return false }
    }
    return true
  }

  private func loadDelimited(
    _ path: String, _ number: Int, _ columns: LoadColumns, _ counts: inout LoadCounts,
    into table: inout LoadedTable
  ) throws(Diagnostic) -> Bool {
    var chunks = DelimitedChunkReader(
      try delimitedReader(path, number, columns, stopsEarly: true),
      sizes: table.work.store.chunkSizes)
    if let first = chunks.takeFirst(), !first.isEmpty {
      guard try table.append(first, chunks.source { $0.source.progress }) else { return false }
    }
    let isWhole = try table.append(&chunks, number: number)
    counts.add(chunks.skipped, replacements: chunks.source { $0.replacements })
    counts.add(chunks.missingQuotes, in: path)
    return isWhole
  }

  private func loadJSON(
    _ path: String, _ number: Int, _ columns: LoadColumns, _ counts: inout LoadCounts,
    into table: inout LoadedTable
  ) throws(Diagnostic) -> Bool {
    var chunks = JSONChunkReader(
      try decoder(path), jsonLayout(path, number, columns), sizes: table.work.store.chunkSizes)
    let isWhole = try table.append(&chunks, number: number) {
      $0.source { $0.source.progress }
    }
    counts.add(
      chunks.skipped, replacements: chunks.replacements + chunks.source { $0.replacements })
    return isWhole
  }

  private func loadFastText(
    _ path: String, _ number: Int, _ counts: inout LoadCounts, into table: inout LoadedTable
  ) throws(Diagnostic) -> Bool {
    var chunks = try lineChunks(
      of: path,
      FastTextLines(
        file: path, number: number, prefix: labelPrefix, severalLabels: severalLabels,
        maximumBytes: rowLimit), for: table.work)
    let isWhole = try table.append(&chunks, number: number) {
      $0.source { $0.source.progress }
    }
    counts.add(chunks.format.skipped, replacements: chunks.source { $0.replacements })
    return isWhole
  }

  /// Line-aligned files side by side; those with markup, whose rows have lines between them, as a whole.
  private func loadParallel(
    _ counts: inout LoadCounts, into table: inout LoadedTable
  ) throws(Diagnostic) -> Bool {
    guard markup == .none else {
      return try readParallel(&counts) { (batch, progress) throws(Diagnostic) in
        try table.append(batch, progress)
      }
    }
    for group in parallel[0].files.indices {
      let readers = try parallelReaders(group)
      var chunks = LineChunkReader(
        InterleavedLines(parallelReader(readers, group)),
        InterleavedRows(columnCount: readers.count, number: group + 1),
        sizes: table.work.store.chunkSizes, longestLine: .max)
      let isWhole = try table.append(&chunks, number: group + 1) { _ in
        readers[0].source.source.progress
      }
      guard isWhole else { return false }
      for reader in readers {
        counts.add(SkippedRows(), replacements: reader.source.replacements)
      }
    }
    return true
  }

  /// The files of each class in turn: every line is a text, or every file of a folder.
  private func loadClasses(
    _ counts: inout LoadCounts, into table: inout LoadedTable
  ) throws(Diagnostic) -> Bool {
    for (number, place) in classPlaces {
      let isWhole =
        switch place.files {
        case .file(let file):
          try loadLines(of: file.path, number, place.name, &counts, into: &table)
        case .folder(_, let folder):
          try readTexts(of: folder, number, place.name, &counts) {
            (batch, progress) throws(Diagnostic) in
            try table.append(batch, progress)
          }
        }
      guard isWhole else { return false }
    }
    return true
  }

  private func loadLines(
    of path: String, _ number: Int, _ label: String, _ counts: inout LoadCounts,
    into table: inout LoadedTable
  ) throws(Diagnostic) -> Bool {
    var chunks = try lineChunks(
      of: path,
      LabelledLines(file: path, number: number, label: label, maximumBytes: rowLimit),
      for: table.work)
    let isWhole = try table.append(&chunks, number: number) {
      $0.source { $0.source.progress }
    }
    counts.add(SkippedRows(), replacements: chunks.source { $0.replacements })
    return isWhole
  }

  private func lineChunks<Format: LineFormat>(
    of path: String, _ format: Format, for work: StageWork
  ) throws(Diagnostic) -> LineChunkReader<Decoder<InputFile>, Format> {
    LineChunkReader(
      try decoder(path), format, sizes: work.store.chunkSizes, longestLine: rowLimit)
  }
}
