import Diagnostics

/// The lines below the header of a table artifact, as rows; see `TableText`.
package struct TableLines: Sendable {
  package let columnCount: Int
  private let file: String
  /// Of each column, whether its fields are read.
  private(set) var isRead: [Bool]
  let separators = ByteSearch([UInt8(ascii: "\t"), UInt8(ascii: "\n")])
  /// What ends a field, and what begins an escaped byte.
  let marks = ByteSearch([UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\\")])

  /// - Parameter file: what errors call the table.
  package init(columnCount: Int, file: String) {
    self.columnCount = columnCount
    self.file = file
    isRead = Array(repeating: true, count: columnCount)
  }

  /// The lines read only for the sake of some columns: fields of the others are empty.
  package func reading(_ columns: [Int]) -> TableLines {
    var lines = self
    for column in 0..<columnCount { lines.isRead[column] = columns.contains(column) }
    return lines
  }

  /// The rows of whole lines.
  ///
  /// - Parameter firstLine: the first one's number in the artifact, which an error needs.
  /// - Throws: at a line that is not as it was written.
  package func rows(
    of lines: Span<UInt8>, firstLine: @autoclosure () -> Int
  ) throws(Diagnostic) -> RowBatch {
    var batch = RowBatch(columnCount: columnCount)
    batch.reserve(rows: 0, byteCount: lines.count)
    try forEachRow(of: lines, firstLine: firstLine()) { origin, bytes, fields in
      for index in fields.indices { batch.append(bytes.extracting(fields[index])) }
      batch.endRow(origin)
    }
    return batch
  }

  /// What is wrong with a line.
  struct Damage: Error {
    let what: String

    static let noOrigin = Self(what: "its first column holds no line number")
    static let badEscape = Self(what: "a backslash in it is not one of \\\\ \\t \\n \\r")

    static func fewFields(_ count: Int, of columnCount: Int) -> Self {
      Self(what: "it has \(count) of \(columnCount) fields")
    }

    static func manyFields(_ columnCount: Int) -> Self {
      Self(what: "it has more than \(columnCount) fields")
    }
  }

  func damaged(_ what: String, _ line: Int) -> Diagnostic {
    Diagnostic(.damagedTable(what), at: Place(file: file, line: line))
  }
}

extension Diagnostic.Message {
  fileprivate static func damagedTable(_ what: String) -> Self {
    Self(
      "this is not a table artifact as it was written: \(what)",
      remedy: "run the stage that wrote it again")
  }
}
