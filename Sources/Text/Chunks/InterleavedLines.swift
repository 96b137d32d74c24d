import Diagnostics

/// Line-aligned files as one run of lines: line n of each in turn, then line n + 1.
package struct InterleavedLines<Source: ByteSource & ~Copyable>: ByteSource {
  private let reader: ParallelReader<Source>
  private var text: [UInt8] = []
  private var position = 0

  package init(_ reader: ParallelReader<Source>) { self.reader = reader }

  package mutating func read(into buffer: inout [UInt8]) throws(Diagnostic) -> Int {
    if position == text.count {
      text.removeAll(keepingCapacity: true)
      position = 0
      guard let batch = try reader.next() else { return 0 }
      for row in 0..<batch.count {
        for column in 0..<batch.columnCount {
          text += batch.field(row, column)
          text.append(UInt8(ascii: "\n"))
        }
      }
    }
    let count = min(buffer.count, text.count - position)
    buffer.replaceSubrange(0..<count, with: text[position..<position + count])
    position += count
    return count
  }
}

/// Rows of which each column is a line; see `InterleavedLines`.
package struct InterleavedRows: LineFormat {
  package let linesInRow: Int
  private let number: Int

  /// - Parameter number: of the group of files in origins, from 1.
  package init(columnCount: Int, number: Int) {
    linesInRow = columnCount
    self.number = number
  }

  package func rows(of lines: [UInt8], firstLine: Int) -> [RowBatch] {
    let lineFeed = ByteSearch([UInt8(ascii: "\n")])
    var batch = RowBatch(columnCount: linesInRow)
    batch.reserve(rows: 0, byteCount: lines.count)
    var start = 0
    while start < lines.count {
      for _ in 0..<linesInRow {
        let end = lineFeed.first(in: lines.span, from: start)
        batch.append(lines.span.extracting(start..<end))
        start = min(end + 1, lines.count)
      }
      batch.endRow(Origin(file: number, line: firstLine + batch.count))
    }
    return [batch]
  }
}
