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
  private let backslash = ByteSearch([UInt8(ascii: "\\")])

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
    var start = 0
    while start < lines.count {
      do throws(Damage) { try read(lines, &start, into: &batch) } catch {
        throw damaged(error.what, firstLine() + batch.count)
      }
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

  /// Reads the line at `start` and moves past its LF.
  private func read(
    _ bytes: Span<UInt8>, _ start: inout Int, into batch: inout RowBatch
  ) throws(Damage) {
    var end = separators.first(in: bytes, from: start)
    guard let origin = Origin(bytes.extracting(start..<end)) else { throw Damage.noOrigin }
    for column in 0..<columnCount {
      guard end < bytes.count, bytes[end] == UInt8(ascii: "\t") else {
        throw Damage.fewFields(column, of: columnCount)
      }
      start = end + 1
      end = separators.first(in: bytes, from: start)
      if isRead[column] {
        try unescape(bytes.extracting(start..<end), into: &batch)
      } else {
        batch.endField()
      }
    }
    guard end < bytes.count, bytes[end] == UInt8(ascii: "\n") else {
      throw Damage.manyFields(columnCount)
    }
    batch.endRow(origin)
    start = end + 1
  }

  /// Appends a field as it was before it was written.
  func unescape(_ field: Span<UInt8>, into batch: inout RowBatch) throws(Damage) {
    var start = 0
    while true {
      let end = backslash.first(in: field, from: start)
      batch.appendPart(field.extracting(start..<end))
      guard end < field.count else { break }
      guard end + 1 < field.count, let byte = TableText.byte(of: field[end + 1]) else {
        throw Damage.badEscape
      }
      batch.appendPart(byte)
      start = end + 2
    }
    batch.endField()
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
