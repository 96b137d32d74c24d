import Diagnostics

/// What to do about a line with several labels, of which a row has one.
package enum SeveralLabels: String, CaseIterable, Sendable {
  /// Stop, naming the line.
  case refuse
  /// Take the first.
  case first
  /// Leave the line out, and count it.
  case skip
}

/// Lines as fastText has them, `__label__spam Buy now`, as rows of text and label.
///
/// Words that begin with the prefix are labels wherever they stand; the others are the text, as it
/// is written. With an empty prefix, the first word is the label. Blank lines are left out; a line without a label is a row whose label is empty.
package struct FastTextReader<Source: ByteSource & ~Copyable> {
  package static var columns: [String] { ["text", "label"] }

  /// What reads the file.
  package let lines: LineReader<Source>
  private let file: String
  private let fileNumber: Int
  private let prefix: [UInt8]
  private let severalLabels: SeveralLabels
  /// The lines left out so far under `SeveralLabels.skip`.
  package private(set) var skipped = SkippedRows()

  package init(
    _ source: consuming Source, file: String, number: Int = 1, prefix: String = "__label__",
    severalLabels: SeveralLabels = .refuse, maximumBytes: Int = RowLimit.bytes,
    firstLine: Int = 1
  ) {
    lines = LineReader(source, file: file, maximumBytes: maximumBytes, firstLine: firstLine)
    self.file = file
    fileNumber = number
    self.prefix = Array(prefix.utf8)
    self.severalLabels = severalLabels
  }

  /// The next rows, at least one; nil at the end of the file.
  package mutating func next() throws(Diagnostic) -> RowBatch? {
    var batch = RowBatch(columnCount: Self.columns.count)
    while batch.bytes.count < 256 << 10, batch.count < 16_384 {
      var line = RowBatch(columnCount: 1)
      guard try lines.appendLine(to: &line) else { break }
      line.endRow(Origin(file: fileNumber, line: lines.lineNumber))
      let (text, labels) = parts(of: line.field(0, 0))
      if text.isEmpty, labels.isEmpty { continue }
      if labels.count > 1, severalLabels != .first {
        let problem = refusal(of: line, labels)
        guard severalLabels == .skip else { throw problem }
        skipped.add(problem)
        continue
      }
      batch.append(text)
      batch.append(labels.first ?? [])
      batch.endRow(Origin(file: fileNumber, line: lines.lineNumber))
    }
    return batch.isEmpty ? nil : batch
  }

  /// The text without its labels, and the labels without the prefix.
  private func parts(
    of line: ArraySlice<UInt8>
  ) -> (text: ArraySlice<UInt8>, labels: [ArraySlice<UInt8>]) {
    var text: [UInt8] = []
    var labels: [ArraySlice<UInt8>] = []
    var rest = line[...]
    while !rest.isEmpty {
      let blanks = rest.prefix(while: isBlank)
      let word = rest[blanks.endIndex...].prefix { !isBlank($0) }
      rest = rest[word.endIndex...]
      let isLabel =
        prefix.isEmpty
        ? labels.isEmpty : word.starts(with: prefix) && word.count > prefix.count
      if isLabel, !word.isEmpty {
        labels.append(word.dropFirst(prefix.count))
      } else {
        text += blanks
        text += word
      }
    }
    let start = text.firstIndex { !isBlank($0) } ?? text.endIndex
    let end = text.lastIndex { !isBlank($0) }.map { $0 + 1 } ?? start
    return (text[start..<end], labels)
  }

  private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  private func refusal(of line: RowBatch, _ labels: [ArraySlice<UInt8>]) -> Diagnostic {
    let text = String(line.text(0, 0).prefix(4096))
    return Diagnostic(
      .severalLabels(labels.count), at: Place(file: file, line: lines.lineNumber),
      excerpt: Excerpt(line: text, column: 1))
  }
}

extension Diagnostic.Message {
  fileprivate static func severalLabels(_ count: Int) -> Self {
    Self(
      "this line has \(count) labels, and a row has one class",
      remedy:
        "set several-labels = \"first\" to take the first, or \"skip\" to leave such lines out")
  }
}
