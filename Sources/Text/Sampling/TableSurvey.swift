import Diagnostics

/// All rows of a file, looked at once in a way that is known.
struct TableSurvey {
  let encoding: TextEncoding
  /// The names of the columns; nil for those that have none of their own.
  private(set) var names: [String?] = []
  private(set) var sample = SampledRows()
  private(set) var statistics = TableStatistics(columns: [])
  private(set) var malformedCount = 0
  /// What is wrong with the first row that cannot be read.
  private(set) var firstMalformed: Diagnostic?
  /// How many bytes are not in the encoding, and how many characters are beyond ASCII.
  private(set) var invalidCount = 0
  private(set) var foreignCount = 0
  private let maximumBytes: Int
  private let rowLimit: Int

  init<Source: ByteSource & ~Copyable>(
    file: String, format: TableSample.Format, _ encoding: TextEncoding, maximumBytes: Int,
    rowLimit: Int, _ open: () throws(Diagnostic) -> Source
  ) throws(Diagnostic) {
    self.encoding = encoding
    self.maximumBytes = maximumBytes
    self.rowLimit = rowLimit
    let decoder = Decoder(try open(), file: file, encoding: encoding, invalid: .replace)
    switch format {
    case .delimited(let dialect): try readDelimited(decoder, file: file, dialect)
    case .json(let rows): try readJSON(decoder, file: file, rows: rows)
    case .labelled(let prefix): try readLabelled(decoder, file: file, prefix: prefix)
    }
  }

  private mutating func add(_ batch: RowBatch, from first: Int = 0) {
    let kept = first > 0 ? batch.filtered { $0 >= first } : batch
    statistics.add(kept)
    foreignCount += kept.bytes.count { $0 >= 0xC0 }
    for row in 0..<kept.count {
      sample.append((0..<kept.columnCount).map { kept.text(row, $0) })
    }
  }

  private mutating func note(_ skipped: SkippedRows) {
    malformedCount = skipped.count
    firstMalformed = skipped.examples.first
  }

  /// The header is read as a row, for its names may be missing or equal.
  private mutating func readDelimited(
    _ decoder: consuming Decoder<some ByteSource & ~Copyable>, file: String, _ dialect: Dialect
  ) throws(Diagnostic) {
    var plain = dialect
    plain.hasHeader = false
    var reader = try DelimitedReader(
      decoder, file: file, dialect: plain, malformedRows: .skip, skipsBlankStart: true)
    var isFirst = true
    while sample.count < rowLimit, let batch = try reader.next() {
      var start = 0
      if isFirst {
        start = dialect.hasHeader ? 1 : 0
        let header = (0..<(dialect.hasHeader ? batch.columnCount : 0)).map { batch.text(0, $0) }
        names = Self.names(of: batch.columnCount, in: header)
        statistics = TableStatistics(columns: names.map { $0 ?? "" })
        isFirst = false
      }
      add(batch, from: start)
    }
    note(reader.skipped)
    invalidCount = reader.source.replacements
  }

  /// The names that no other column has.
  private static func names(of columnCount: Int, in header: [String]) -> [String?] {
    let counts = Dictionary(header.map { ($0, 1) }, uniquingKeysWith: +)
    return (0..<columnCount).map { column in
      guard header.indices.contains(column), !header[column].isEmpty else { return nil }
      return counts[header[column]] == 1 ? header[column] : nil
    }
  }

  private mutating func readJSON(
    _ decoder: consuming Decoder<some ByteSource & ~Copyable>, file: String, rows: String?
  ) throws(Diagnostic) {
    var reader = JSONReader(
      decoder, file: file, columns: nil, rows: rows, invalid: .replace, malformedRows: .skip,
      maximumBytes: maximumBytes)
    var found: [[String]] = []
    // Columns appear as rows have them: the first rows tell which there are.
    while found.count < 1000, let row = try reader.nextRow() { found.append(row) }
    names = reader.columns
    statistics = TableStatistics(columns: reader.columns)
    var next = found.isEmpty ? nil : found.removeFirst()
    found.reverse()
    while sample.count < rowLimit, let row = next {
      var batch = RowBatch(columnCount: names.count)
      let padding = Array(repeating: "", count: max(0, names.count - row.count))
      batch.append(Array(row.prefix(names.count)) + padding, Origin(line: 1))
      add(batch)
      next = found.popLast()
      if next == nil { next = try reader.nextRow() }
    }
    note(reader.skipped)
    invalidCount = reader.source { $0.replacements } + reader.replacements
  }

  private mutating func readLabelled(
    _ decoder: consuming Decoder<some ByteSource & ~Copyable>, file: String, prefix: String
  ) throws(Diagnostic) {
    var reader = FastTextReader(
      decoder, file: file, prefix: prefix, severalLabels: .skip, maximumBytes: maximumBytes)
    names = ["text", "label"]
    statistics = TableStatistics(columns: ["text", "label"])
    while sample.count < rowLimit, let batch = try reader.next() { add(batch) }
    note(reader.skipped)
    invalidCount = reader.lines.source.replacements
  }
}
