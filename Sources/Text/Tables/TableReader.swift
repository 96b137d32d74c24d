import Diagnostics

/// Whole lines of a table artifact, not yet parsed.
package struct TablePiece: Sendable {
  package let lines: [UInt8]
  /// The first line's number in the artifact.
  package let firstLine: Int
}

/// A table artifact as batches of rows, one batch for each chunk read; see `TableText`.
package struct TableReader<Source: ByteSource & ~Copyable>: ~Copyable {
  /// The named columns, without the one that holds the origins.
  package let columns: [String]

  /// Where the bytes come from.
  package private(set) var source: Source
  /// What turns lines into rows.
  package let lines: TableLines
  private var chunk: [UInt8]
  /// The incomplete line at the end of the last chunk.
  private var rest: [UInt8] = []
  /// How many bytes of `rest` have not been searched for line ends.
  private var freshCount = 0
  /// The line of the artifact being read, counted from 1.
  private var line = 2
  private var hasEnded = false

  /// Opens an artifact and reads its header.
  package init(
    _ source: consuming Source, file: String, chunkBytes: Int = 256 << 10
  ) throws(Diagnostic) {
    self.source = source
    chunk = Array(repeating: 0, count: chunkBytes)
    columns = try TableText.columns(from: &self.source, file: file, &chunk, rest: &rest)
    lines = TableLines(columnCount: columns.count, file: file)
    freshCount = rest.count
  }

  /// The next rows, at least one; nil at the end.
  package mutating func next() throws(Diagnostic) -> RowBatch? {
    guard let piece = try nextPiece() else { return nil }
    return try lines.rows(of: piece.lines.span, firstLine: piece.firstLine)
  }

  /// The next lines, at least one, which `lines` turns into rows, on any thread; nil at the end.
  package mutating func nextPiece() throws(Diagnostic) -> TablePiece? {
    while true {
      if let last = rest.suffix(freshCount).lastIndex(of: UInt8(ascii: "\n")) {
        let piece = TablePiece(lines: Array(rest[...last]), firstLine: line)
        line += lineFeeds(in: piece.lines.span)
        rest.removeSubrange(...last)
        freshCount = 0
        return piece
      }
      if hasEnded {
        guard rest.isEmpty else { throw lines.damaged("its last line is cut short", line) }
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
}

extension TableText {
  /// Reads the header of an artifact: the columns without that of the origins.
  ///
  /// - Parameters:
  ///   - chunk: what the source fills.
  ///   - rest: takes what was read behind the header.
  static func columns<Source: ByteSource & ~Copyable>(
    from source: inout Source, file: String, _ chunk: inout [UInt8], rest: inout [UInt8]
  ) throws(Diagnostic) -> [String] {
    let lines = TableLines(columnCount: 0, file: file)
    var searched = 0
    while true {
      let count = try source.read(into: &chunk)
      guard count > 0 else { throw lines.damaged("it has no header line", 1) }
      rest.append(contentsOf: chunk[..<count])
      guard let end = rest[searched...].firstIndex(of: UInt8(ascii: "\n")) else {
        searched = rest.count
        continue
      }
      let names = rest[..<end].split(
        separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
      guard names.first?.elementsEqual(originColumn.utf8) == true else {
        throw lines.damaged("its first column is not '\(originColumn)'", 1)
      }
      var decoded = RowBatch(columnCount: names.count - 1)
      do throws(TableLines.Damage) {
        for name in names.dropFirst() { try lines.unescape(name.span, into: &decoded) }
      } catch { throw lines.damaged(error.what, 1) }
      decoded.endRow(Origin(line: 1))
      rest.removeSubrange(...end)
      return (0..<decoded.columnCount).map { decoded.text(0, $0) }
    }
  }
}
