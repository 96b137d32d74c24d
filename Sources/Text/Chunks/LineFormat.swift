import Diagnostics

/// What makes rows of whole lines that lie together, whatever stands before and behind them.
package protocol LineFormat {
  /// What decides which rows lines are, besides the lines and the options.
  var layoutText: String { get }

  /// How many neighbouring lines are a row.
  var linesInRow: Int { get }

  /// The rows of lines.
  ///
  /// - Parameter firstLine: the number of the first one.
  mutating func rows(of lines: [UInt8], firstLine: Int) throws(Diagnostic) -> [RowBatch]

  /// How many lines were left out and counted.
  var skippedCount: Int { get }
}

extension LineFormat {
  package var layoutText: String { "" }
  package var linesInRow: Int { 1 }
  package var skippedCount: Int { 0 }
}

/// Lines of text and labels as fastText has them; see `FastTextReader`.
package struct FastTextLines: LineFormat {
  private let file: String
  private let number: Int
  private let prefix: String
  private let severalLabels: SeveralLabels
  private let maximumBytes: Int
  /// The lines left out so far under `SeveralLabels.skip`.
  package private(set) var skipped = SkippedRows()

  package init(
    file: String, number: Int, prefix: String, severalLabels: SeveralLabels, maximumBytes: Int
  ) {
    self.file = file
    self.number = number
    self.prefix = prefix
    self.severalLabels = severalLabels
    self.maximumBytes = maximumBytes
  }

  package var skippedCount: Int { skipped.count }

  package mutating func rows(
    of lines: [UInt8], firstLine: Int
  ) throws(Diagnostic) -> [RowBatch] {
    var reader = FastTextReader(
      BytesInMemory(lines), file: file, number: number, prefix: prefix,
      severalLabels: severalLabels, maximumBytes: maximumBytes, firstLine: firstLine)
    var batches: [RowBatch] = []
    while let batch = try reader.next() { batches.append(batch) }
    skipped.add(reader.skipped)
    return batches
  }
}

/// Lines that are texts of one class; see `LabelledTextReader`.
package struct LabelledLines: LineFormat {
  private let file: String
  private let number: Int
  private let label: String
  private let maximumBytes: Int

  package init(file: String, number: Int, label: String, maximumBytes: Int) {
    self.file = file
    self.number = number
    self.label = label
    self.maximumBytes = maximumBytes
  }

  package var layoutText: String { label }

  package func rows(of lines: [UInt8], firstLine: Int) throws(Diagnostic) -> [RowBatch] {
    let reader = LabelledTextReader(
      BytesInMemory(lines), file: file, number: number, label: label, maximumBytes: maximumBytes,
      firstLine: firstLine)
    var batches: [RowBatch] = []
    while let batch = try reader.nextLines() { batches.append(batch) }
    return batches
  }
}
