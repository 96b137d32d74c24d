import Diagnostics

/// A file whose texts are all of one class, as rows of text and label.
package struct LabelledTextReader<Source: ByteSource & ~Copyable> {
  package static var columns: [String] { ["text", "label"] }

  /// What reads the file.
  package let lines: LineReader<Source>
  private let number: Int
  private let label: [UInt8]
  private let maximumBytes: Int

  /// - Parameters:
  ///   - number: the file's in origins, from 1.
  ///   - maximumBytes: the longest text.
  package init(
    _ source: consuming Source, file: String, number: Int, label: String,
    maximumBytes: Int = RowLimit.bytes, firstLine: Int = 1
  ) {
    lines = LineReader(source, file: file, maximumBytes: maximumBytes, firstLine: firstLine)
    self.maximumBytes = maximumBytes
    self.number = number
    self.label = Array(label.utf8)
  }

  /// The next lines, each of them a text; nil at the end of the file.
  package func nextLines() throws(Diagnostic) -> RowBatch? {
    var batch = RowBatch(columnCount: Self.columns.count)
    while batch.bytes.count < 256 << 10, batch.count < 16_384,
      try lines.appendLine(to: &batch)
    {
      batch.append(label)
      batch.endRow(Origin(file: number, line: lines.lineNumber))
    }
    return batch.isEmpty ? nil : batch
  }

  /// Appends the whole file as one text, without the line ends behind it.
  ///
  /// - Parameter origin: where the row is said to come from.
  package func appendText(to batch: inout RowBatch, _ origin: Origin) throws(Diagnostic) {
    var text: [UInt8] = []
    var line = RowBatch(columnCount: 1)
    while try lines.appendLine(to: &line) {
      if lines.lineCount > 1 { text.append(UInt8(ascii: "\n")) }
      text += line.bytes
      line = RowBatch(columnCount: 1)
      guard text.count <= maximumBytes else { throw Diagnostic(.endlessText(maximumBytes)) }
    }
    while text.last == UInt8(ascii: "\n") { text.removeLast() }
    batch.append(text)
    batch.append(label)
    batch.endRow(origin)
  }
}

extension Diagnostic.Message {
  fileprivate static func endlessText(_ limit: Int) -> Self {
    Self(
      "the file is longer than \(limit >> 20) MB, and would be one text",
      remedy: "name it in classes, if each of its lines is a text, or \(RowLimit.remedy)")
  }
}
