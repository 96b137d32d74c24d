import Diagnostics

/// A table artifact as batches of rows, one batch for each chunk read; see `TableText`.
package struct TableReader<Source: ByteSource & ~Copyable>: ~Copyable {
  /// The named columns, without the one that holds the origins.
  package private(set) var columns: [String] = []

  /// Where the bytes come from.
  package private(set) var source: Source
  private let file: String
  private var chunk: [UInt8]
  /// The incomplete line at the end of the last chunk.
  private var rest: [UInt8] = []
  /// How many bytes of `rest` have not been searched for line ends.
  private var freshCount = 0
  /// The line of the artifact being read, counted from 1.
  private var line = 1
  private var hasEnded = false
  private let separators = ByteSearch([UInt8(ascii: "\t"), UInt8(ascii: "\n")])
  private let backslash = ByteSearch([UInt8(ascii: "\\")])

  /// Opens an artifact and reads its header.
  package init(
    _ source: consuming Source, file: String, chunkBytes: Int = 256 << 10
  ) throws(Diagnostic) {
    self.source = source
    self.file = file
    chunk = Array(repeating: 0, count: chunkBytes)
    var header: [UInt8]?
    while header == nil, !hasEnded {
      try fill()
      if let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
        header = Array(rest[..<end])
        rest.removeSubrange(...end)
      }
    }
    guard let header else { throw damaged("it has no header line") }
    let names = header.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
    guard names.first?.elementsEqual(TableText.originColumn.utf8) == true else {
      throw damaged("its first column is not '\(TableText.originColumn)'")
    }
    var decoded = RowBatch(columnCount: names.count - 1)
    for name in names.dropFirst() { try unescape(name.span, into: &decoded) }
    decoded.endRow(Origin(line: 1))
    columns = (0..<decoded.columnCount).map { decoded.text(0, $0) }
    line = 2
  }

  /// The next rows, at least one; nil at the end.
  package mutating func next() throws(Diagnostic) -> RowBatch? {
    while true {
      let batch = try completeLines()
      if !batch.isEmpty { return batch }
      if hasEnded {
        guard rest.isEmpty else { throw damaged("its last line is cut short") }
        return nil
      }
      try fill()
    }
  }

  private mutating func fill() throws(Diagnostic) {
    let count = try source.read(into: &chunk)
    hasEnded = count == 0
    rest.append(contentsOf: chunk[..<count])
    freshCount = count
  }

  /// Takes the lines that are complete out of `rest`.
  private mutating func completeLines() throws(Diagnostic) -> RowBatch {
    var batch = RowBatch(columnCount: columns.count)
    guard let last = rest.suffix(freshCount).lastIndex(of: UInt8(ascii: "\n")) else { return batch }
    batch.reserve(rows: 0, byteCount: last)
    var start = 0
    while start <= last {
      try readLine(rest, &start, into: &batch)
      line += 1
    }
    rest.removeSubrange(...last)
    freshCount = 0
    return batch
  }

  /// Reads the line at `start`, whose LF is there, and moves past it.
  private func readLine(
    _ bytes: [UInt8], _ start: inout Int, into batch: inout RowBatch
  ) throws(Diagnostic) {
    var end = separators.first(in: bytes.span, from: start)
    guard let origin = Origin(bytes.span.extracting(start..<end)) else {
      throw damaged("its first column holds no line number")
    }
    for column in columns.indices {
      guard bytes[end] == UInt8(ascii: "\t") else {
        throw damaged("it has \(column) of \(columns.count) fields")
      }
      start = end + 1
      end = separators.first(in: bytes.span, from: start)
      try unescape(bytes.span.extracting(start..<end), into: &batch)
    }
    guard bytes[end] == UInt8(ascii: "\n") else {
      throw damaged("it has more than \(columns.count) fields")
    }
    batch.endRow(origin)
    start = end + 1
  }

  private func unescape(
    _ field: Span<UInt8>, into batch: inout RowBatch
  ) throws(Diagnostic) {
    var start = 0
    while true {
      let end = backslash.first(in: field, from: start)
      batch.appendPart(field.extracting(start..<end))
      guard end < field.count else { break }
      guard end + 1 < field.count, let byte = TableText.byte(of: field[end + 1]) else {
        throw damaged("a backslash in it is not one of \\\\ \\t \\n \\r")
      }
      batch.appendPart(byte)
      start = end + 2
    }
    batch.endField()
  }

  private func damaged(_ what: String) -> Diagnostic {
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
