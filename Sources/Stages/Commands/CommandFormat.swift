import Artifacts
import Chains
import Diagnostics
import Files
import Formats
import Pipelines
import Text

/// How tables are written for a command, and read from it.
enum CommandFormat: String, CaseIterable {
  /// An object a line, with the row's `line` as its first member.
  case json
  /// As the store has tables: tab-separated under a header, `line` first, with `\t`, `\n` and `\\`.
  case tsv

  var ending: String { self == .json ? "jsonl" : "tsv" }

  /// Writes a table; gives its columns and the origins of its rows, nil when asked to stop.
  func write(
    _ input: StageInput, to path: String, _ work: StageWork
  ) throws(Diagnostic) -> (columns: [String], origins: [Origin])? {
    var reader = try work.table(input)
    let columns = reader.columns
    var origins: [Origin] = []
    var file = try OutputFile(path, isOurs: true)
    if self == .tsv { try file.write(TableText.header(columns).span) }
    while let batch = try reader.next() {
      guard !work.shouldStop else { return nil }
      try file.write(text(of: batch, columns).span)
      origins += batch.origins
    }
    try file.commit()
    return (columns, origins)
  }

  private func text(of batch: RowBatch, _ columns: [String]) -> [UInt8] {
    var text: [UInt8] = []
    switch self {
    case .tsv: TableText.append(batch, to: &text)
    case .json:
      for row in 0..<batch.count {
        let origin = JSONValue.Member(TableText.originColumn, .string("\(batch.origins[row])"))
        let fields = columns.indices.map { column in
          JSONValue.Member(columns[column], .string(batch.text(row, column)))
        }
        text += JSONValue.object([origin] + fields).compact.utf8
        text.append(UInt8(ascii: "\n"))
      }
    }
    return text
  }

  /// Reads the rows of a table that a command wrote.
  ///
  /// - Parameters:
  ///   - output: what the table is called in messages.
  ///   - give: called with each batch, whose first column is `line` if `hasLine`.
  func read(
    _ path: String, output: String, columns: [String],
    give: (_ batch: RowBatch, _ hasLine: Bool) throws(Diagnostic) -> Void
  ) throws(Diagnostic) {
    switch self {
    case .json: try readJSON(path, output, columns, give)
    case .tsv: try readTable(path, output, columns, give)
    }
  }

  private func readJSON(
    _ path: String, _ output: String, _ columns: [String],
    _ give: (RowBatch, Bool) throws(Diagnostic) -> Void
  ) throws(Diagnostic) {
    let hasLine = try Self.firstRow(of: path, output)?[TableText.originColumn] != nil
    let names = (hasLine ? [TableText.originColumn] : []) + columns
    let file = "the \(output) of the command"
    var reader = JSONReader(
      Decoder(try InputFile(path), file: file), file: file,
      columns: names.map { ColumnChoice($0, .header($0)) })
    while let batch = try reader.next() { try give(batch, hasLine) }
  }

  /// The first row, by which it is known whether rows have their lines; nil when there are no rows.
  private static func firstRow(
    of path: String, _ output: String
  ) throws(Diagnostic) -> JSONValue? {
    var file = try InputFile(path)
    var bytes: [UInt8] = []
    while !bytes.contains(UInt8(ascii: "\n")), bytes.count < 64 << 20,
      try file.read(into: &bytes, atMost: 64 << 10) > 0
    {}
    let line = bytes.prefix { $0 != UInt8(ascii: "\n") }
    guard !line.isEmpty else { return nil }
    return try JSONValue(parsing: Array(line), file: "the \(output) of the command")
  }

  private func readTable(
    _ path: String, _ output: String, _ columns: [String],
    _ give: (RowBatch, Bool) throws(Diagnostic) -> Void
  ) throws(Diagnostic) {
    do throws(Diagnostic) {
      var reader = try TableReader(try InputFile(path), file: "the \(output) of the command")
      guard reader.columns == columns else {
        throw Diagnostic(.otherColumns(output, reader.columns, columns))
      }
      while let batch = try reader.next() {
        var rows = RowBatch(columnCount: columns.count + 1)
        for row in 0..<batch.count {
          rows.append("\(batch.origins[row])".utf8)
          for column in columns.indices { rows.append(batch.field(row, column)) }
          rows.endRow(batch.origins[row])
        }
        try give(rows, true)
      }
    } catch {
      guard error.place != nil else { throw error }
      throw Diagnostic(.malformed(output, error.message.problem), at: error.place)
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func otherColumns(
    _ output: String, _ found: [String], _ wanted: [String]
  ) -> Self {
    Self(
      "the command wrote the columns \(found.joined(separator: ", ")) to \(output), not"
        + " \(wanted.joined(separator: ", "))",
      remedy: "write these columns after line, or say columns = \(found)")
  }

  fileprivate static func malformed(_ output: String, _ problem: String) -> Self {
    Self(
      "the command wrote no table to \(output): \(problem)",
      remedy: "write line and the columns, separated by tabs; \\t, \\n and \\\\ inside fields")
  }
}
