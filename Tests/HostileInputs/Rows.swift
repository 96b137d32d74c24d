import Diagnostics
import Text

/// Everything a reader yields, as strings with their origins.
package struct Rows: Equatable {
  package var columns: [String] = []
  package var fields: [[String]] = []
  package var origins: [String] = []
  package var skipped = 0

  package init() {}

  package mutating func append(_ batch: RowBatch) {
    for row in 0..<batch.count {
      fields.append((0..<batch.columnCount).map { batch.text(row, $0) })
      origins.append(batch.origins[row].description)
    }
  }

  /// All rows of a delimited file in memory.
  package init(
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
  package init(table bytes: [UInt8], step: Int = .max) throws(Diagnostic) {
    var reader = try TableReader(ByteChunks(bytes, step: step), file: "table.tsv")
    columns = reader.columns
    while let batch = try reader.next() { append(batch) }
  }

  /// All rows of a JSON file in memory.
  package init(
    json bytes: [UInt8], step: Int = .max, columns choices: [ColumnChoice]? = nil,
    rows path: String? = nil, invalid: InvalidBytes = .refuse,
    malformedRows: MalformedRows = .refuse
  ) throws(Diagnostic) {
    let decoder = Decoder(ByteChunks(bytes, step: step), file: "in.json", invalid: invalid)
    var reader = JSONReader(
      decoder, file: "in.json", columns: choices, rows: path, invalid: invalid,
      malformedRows: malformedRows)
    if choices == nil {
      while let row = try reader.nextRow() { fields.append(row) }
    } else {
      while let batch = try reader.next() { append(batch) }
    }
    columns = reader.columns
    skipped = reader.skipped.count
  }
}

extension Dialect {
  /// A dialect that differs from RFC 4180 in what `change` sets.
  package init(_ change: (inout Dialect) -> Void) {
    self.init()
    change(&self)
  }
}
