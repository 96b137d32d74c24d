import Artifacts
import Diagnostics
import Files
import Pipelines
import Text

/// Some columns of a table, or of some of its rows, in memory.
package struct ColumnTexts: Sendable {
  /// Column by column, as they were asked for.
  package private(set) var texts: [[String]]
  package private(set) var origins: [Origin] = []

  package var count: Int { origins.count }

  package init(columnCount: Int) { texts = (0..<columnCount).map { _ in [] } }

  package mutating func append(_ batch: RowBatch, _ positions: [Int]) {
    for row in 0..<batch.count {
      for (column, position) in positions.enumerated() {
        texts[column].append(batch.text(row, position))
      }
    }
    origins += batch.origins
  }

  /// Some of the rows.
  package func rows(where isWanted: (Int) -> Bool) -> ColumnTexts {
    let rows = origins.indices.filter(isWanted)
    var chosen = self
    chosen.texts = texts.map { column in rows.map { column[$0] } }
    chosen.origins = rows.map { origins[$0] }
    return chosen
  }

  /// Reads the columns; nil when the stage was asked to stop.
  ///
  /// - Throws: when the table lacks one of them.
  package init?(_ input: StageInput, _ names: [String], in work: StageWork) throws(Diagnostic) {
    var reader = try work.table(input)
    try self.init(&reader, names, of: "\(input.source)") { work.shouldStop }
  }

  /// Reads the columns of a stored table.
  ///
  /// - Throws: when the table lacks one of them, or is not there.
  package init(
    _ output: RecordedOutput, _ names: [String], in store: ArtifactStore
  ) throws(Diagnostic) {
    var reader = try TableReader(try store.openInput(output.digest), file: output.port)
    guard let texts = try Self(&reader, names, of: output.port, shouldStop: { false }) else {
      preconditionFailure("reading \(output.port) stopped")
    }
    self = texts
  }

  private init?(
    _ reader: inout TableReader<InputFile>, _ names: [String], of table: String,
    shouldStop: () -> Bool
  ) throws(Diagnostic) {
    let positions = try reader.columns.positions(of: names, in: table)
    self.init(columnCount: names.count)
    while let batch = try reader.next() {
      guard !shouldStop() else { return nil }
      append(batch, positions)
    }
  }
}
