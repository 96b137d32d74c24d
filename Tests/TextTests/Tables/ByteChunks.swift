import Diagnostics
import Text

/// Bytes in memory, handed out at most `step` at a time.
struct ByteChunks: ByteSource {
  let bytes: [UInt8]
  let step: Int
  private var start = 0

  init(_ bytes: [UInt8], step: Int = .max) {
    self.bytes = bytes
    self.step = step
  }

  init(_ text: String, step: Int = .max) { self.init(Array(text.utf8), step: step) }

  mutating func read(into buffer: inout [UInt8]) throws(Diagnostic) -> Int {
    let count = min(step, buffer.count, bytes.count - start)
    buffer.replaceSubrange(0..<count, with: bytes[start..<start + count])
    start += count
    return count
  }
}

/// Bytes kept as they are written.
struct ByteHeap: ByteSink {
  var bytes: [UInt8] = []

  mutating func write(_ bytes: [UInt8]) throws(Diagnostic) { self.bytes += bytes }
}

/// Everything a reader yields, as strings with their origins.
struct Rows: Equatable {
  var columns: [String] = []
  var fields: [[String]] = []
  var origins: [String] = []
  var skipped = 0

  mutating func append(_ batch: RowBatch) {
    for row in 0..<batch.count {
      fields.append((0..<batch.columnCount).map { batch.text(row, $0) })
      origins.append(batch.origins[row].description)
    }
  }

  /// All rows of a delimited file in memory.
  init(
    _ bytes: [UInt8], step: Int = .max, file: String = "in.csv", dialect: Dialect = .csv,
    encoding: TextEncoding = .utf8, invalid: InvalidBytes = .refuse,
    columns choices: [ColumnChoice]? = nil, malformedRows: MalformedRows = .refuse
  ) throws(Diagnostic) {
    let decoder = Decoder(
      ByteChunks(bytes, step: step), file: file, encoding: encoding, invalid: invalid)
    var reader = try DelimitedReader(
      decoder, file: file, dialect: dialect, columns: choices, malformedRows: malformedRows)
    columns = reader.columns
    while let batch = try reader.next() { append(batch) }
    skipped = reader.skipped.count
  }

  /// All rows of a table artifact in memory.
  init(table bytes: [UInt8], step: Int = .max) throws(Diagnostic) {
    var reader = try TableReader(ByteChunks(bytes, step: step), file: "table.tsv")
    columns = reader.columns
    while let batch = try reader.next() { append(batch) }
  }
}

extension Dialect {
  /// A dialect that differs from RFC 4180 in what `change` sets.
  init(_ change: (inout Dialect) -> Void) {
    self.init()
    change(&self)
  }
}
