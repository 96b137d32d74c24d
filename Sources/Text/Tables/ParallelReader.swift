import Diagnostics

/// Line-aligned files read side by side: line n of each, without markup, is a field of row n.
///
/// All files must have the same number of lines.
package struct ParallelReader<Source: ByteSource & ~Copyable> {
  private let readers: [LineReader<Source>]
  private let files: [String]
  private let number: Int

  /// Reads a file for each column; `number` counts groups of files in origins, from 1.
  package init(_ readers: [LineReader<Source>], files: [String], number: Int = 1) {
    precondition(readers.count == files.count, "\(readers.count) readers, \(files.count) names")
    self.readers = readers
    self.files = files
    self.number = number
  }

  /// The next rows, at least one; nil when every file ended.
  package func next() throws(Diagnostic) -> RowBatch? {
    var batch = RowBatch(columnCount: readers.count)
    while batch.bytes.count < 256 << 10, batch.count < 16_384 {
      for column in readers.indices {
        let hasLine = try readers[column].appendLine(to: &batch)
        if !hasLine, column == 0 {
          try checkEnded()
          return batch.isEmpty ? nil : batch
        }
        if !hasLine { throw try unequal(ended: column) }
      }
      batch.endRow(Origin(file: number, line: readers.first?.lineNumber ?? 0))
    }
    return batch
  }

  /// Throws when a file has more lines than the first one.
  private func checkEnded() throws(Diagnostic) {
    var scrap = RowBatch(columnCount: 1)
    for column in readers.indices.dropFirst() where try readers[column].appendLine(to: &scrap) {
      throw try unequal(ended: 0, other: column)
    }
  }

  /// The error for a file that ended before another one, with the full counts of both.
  private func unequal(ended: Int, other: Int = 0) throws(Diagnostic) -> Diagnostic {
    while true {
      var scrap = RowBatch(columnCount: 1)
      guard try readers[other].appendLine(to: &scrap) else { break }
    }
    return Diagnostic(
      .unequalLines(
        readers[ended].lineCount, longer: files[other], readers[other].lineCount),
      at: Place(file: files[ended]))
  }
}

extension Diagnostic.Message {
  fileprivate static func unequalLines(_ count: Int, longer: String, _ longerCount: Int) -> Self {
    Self(
      "\(count) line\(count == 1 ? "" : "s"), but \(longer) has \(longerCount)",
      remedy: "line n of each file must belong together; check that both are complete")
  }
}
