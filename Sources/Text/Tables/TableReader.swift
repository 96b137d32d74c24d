import Diagnostics

/// A table artifact as batches of rows, one batch for each chunk read; see `TableText`.
package struct TableReader<Source: ByteSource & ~Copyable>: ~Copyable {
  /// The named columns, without the one that holds the origins.
  package let columns: [String]

  /// Where the bytes come from.
  package private(set) var source: Source
  private let lines: TableLines
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
    while true {
      if let last = rest.suffix(freshCount).lastIndex(of: UInt8(ascii: "\n")) {
        let whole = Array(rest[...last])
        let batch = try lines.rows(of: whole.span, firstLine: line)
        line += lineFeeds(in: whole.span)
        rest.removeSubrange(...last)
        freshCount = 0
        return batch
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
      var columns: [String] = []
      for name in names.dropFirst() {
        var plain: [UInt8] = []
        guard append(written: name.span, to: &plain) else {
          throw lines.damaged(TableLines.Damage.badEscape.what, 1)
        }
        columns.append(String(decoding: plain, as: UTF8.self))
      }
      rest.removeSubrange(...end)
      return columns
    }
  }
}
