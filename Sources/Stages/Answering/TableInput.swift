import Chains
import Diagnostics
import Files
import Text

/// A file of rows that is read as `load` reads it, with all its columns.
package struct TableInput {
  /// How rows stand in the file.
  package enum Layout: Sendable {
    /// Rows of columns, or objects.
    case rows
    /// A text on each line, and nothing else: its column is `text`.
    case lines
  }

  /// The column of the texts of a file of lines.
  package static let lineColumn = "text"

  package let path: String
  /// As the header names them, or by number.
  package let columns: [String]
  /// How the rows were written.
  package let format: TableFileFormat
  private let rows: any InputRows

  /// Opens a file; of JSON, which names its columns in each row, all of it is read for them.
  ///
  /// - Parameter shouldStop: asked while there is nothing to read, and while columns are looked for.
  package init(
    _ path: String, _ reading: TableReading, layout: Layout,
    unless shouldStop: @escaping () -> Bool = { false }
  ) throws(Diagnostic) {
    self.path = path
    switch layout {
    case .lines:
      (rows, columns, format) = (
        try LineRows(path, reading, unless: shouldStop), [Self.lineColumn], .csv
      )
    case .rows where reading.source.format == .json:
      let json = try JSONRows(path, reading, unless: shouldStop)
      (rows, columns, format) = (json, json.columns, .jsonLines)
    case .rows:
      let delimited = try DelimitedRows(path, reading, unless: shouldStop)
      (rows, columns) = (delimited, delimited.columns)
      format = reading.source.format == .tsv ? .tsv : .csv
    }
  }

  /// The next rows, at least one, with the places of those that stand for rows that could not be
  /// read; nil at the end.
  func next() throws(Diagnostic) -> (rows: RowBatch, malformed: [Int])? { try rows.next() }

  /// The rows that could not be read so far.
  package var skipped: SkippedRows { rows.skipped }

  /// How many bytes that are not in the encoding were replaced so far.
  package var replacements: Int { rows.replacements }

  /// A quoted field that seems to hold rows, by its line and how many lines it has.
  package var missingQuotes: (line: Int, lineCount: Int)? { rows.missingQuotes }

  /// How much of the file was read.
  var progress: ReadProgress { rows.progress }

  /// The positions of columns.
  ///
  /// - Throws: when one of them is missing, or there are several of its name.
  func positions(of names: [String]) throws(Diagnostic) -> [Int] {
    var positions: [Int] = []
    for name in names {
      let found = columns.indices.filter { columns[$0] == name }
      guard let first = found.first else {
        throw Diagnostic(.noColumn(name, path, among: columns))
      }
      guard found.count == 1 else { throw Diagnostic(.severalColumns(name, path)) }
      positions.append(first)
    }
    return positions
  }
}

extension Diagnostic.Message {
  fileprivate static func severalColumns(_ name: String, _ path: String) -> Self {
    Self("'\(path)' has several columns '\(name)'", remedy: "give them names of their own")
  }
}
