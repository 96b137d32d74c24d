import Cores
import Diagnostics
import Files
import Text

/// Rows that are read, answered by a model and written with the answers, some of them at a time.
package struct TableAnswering<Answers: RowAnswers> {
  /// How far it has come.
  package struct Progress: Sendable {
    package let rows: Int
    package let file: ReadProgress
  }

  /// So many bytes of rows are in memory at a time, about.
  private static var chunkBytes: Int { 8 << 20 }

  private let format: TableFileFormat
  /// The positions of the columns that are the text, joined by a blank.
  private let text: [Int]
  private let names: [String]
  private let cores: Int
  package private(set) var answers: Answers
  /// How many rows were written.
  package private(set) var rowCount = 0

  /// - Parameters:
  ///   - text: the columns that are the text.
  ///   - option: what sets the beginning of the new columns' names, for errors.
  /// - Throws: when a column is missing, or a name is taken.
  package init(
    _ answers: Answers, of input: TableInput, text: [String], as format: TableFileFormat,
    cores: Int, option: String
  ) throws(Diagnostic) {
    self.text = try input.positions(of: text)
    try answers.columns.check(beside: input.columns, of: input.path, option: option)
    self.answers = answers
    self.format = format
    self.cores = cores
    names = input.columns + answers.columns.map(\.name)
  }

  /// Reads all rows and writes them with their answers.
  ///
  /// - Parameters:
  ///   - report: told of each chunk.
  ///   - shouldStop: asked before each chunk.
  /// - Returns: whether all was read.
  package mutating func run<Sink: ByteSink & ~Copyable>(
    _ input: TableInput, into sink: inout Sink, report: (Progress) -> Void,
    shouldStop: () -> Bool
  ) throws(Diagnostic) -> Bool {
    try sink.write(format.header(names))
    while true {
      let batches = try chunk(of: input)
      guard !batches.isEmpty else { return true }
      guard !shouldStop() else { return false }
      let answered = try answers.answers(to: texts(of: batches))
      try write(batches, answered, into: &sink)
      rowCount += answered.count
      report(Progress(rows: rowCount, file: input.progress))
    }
  }

  private func chunk(
    of input: TableInput
  ) throws(Diagnostic) -> [(rows: RowBatch, malformed: [Int])] {
    var batches: [(rows: RowBatch, malformed: [Int])] = []
    var (rows, bytes) = (0, 0)
    while rows < answers.chunkSize, bytes < Self.chunkBytes, let batch = try input.next() {
      batches.append(batch)
      rows += batch.rows.count
      bytes += batch.rows.bytes.count
    }
    return batches
  }

  private func texts(of batches: [(rows: RowBatch, malformed: [Int])]) -> [[UInt8]] {
    batches.flatMap { batch in
      (0..<batch.rows.count).map { row in
        Array(text.map { batch.rows.field(row, $0) }.joined(separator: [UInt8(ascii: " ")]))
      }
    }
  }

  private func write<Sink: ByteSink & ~Copyable>(
    _ batches: [(rows: RowBatch, malformed: [Int])], _ answered: RowBatch, into sink: inout Sink
  ) throws(Diagnostic) {
    var starts: [Int] = []
    var next = 0
    for batch in batches {
      starts.append(next)
      next += batch.rows.count
    }
    let (names, added, format, first) = (names, answers.columns, format, starts)
    let lines = mapConcurrently(batches.count, cores: cores) { index in
      let (rows, malformed) = batches[index]
      let answers = answered.rows(first[index]..<first[index] + rows.count)
        .emptied(at: malformed)
      return format.lines(of: rows.beside(answers), under: names, added: added)
    }
    for text in lines { try sink.write(text) }
  }
}

extension RowBatch {
  /// The rows, with empty fields in some of them.
  fileprivate func emptied(at rows: [Int]) -> RowBatch {
    guard !rows.isEmpty else { return self }
    let rows = Set(rows)
    var changed = RowBatch(columnCount: columnCount)
    for row in 0..<count {
      for column in 0..<columnCount { changed.append(rows.contains(row) ? [] : field(row, column)) }
      changed.endRow(origins[row])
    }
    return changed
  }
}
