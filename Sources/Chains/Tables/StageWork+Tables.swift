import Artifacts
import Cores
import Diagnostics
import Files
import Pipelines
import Text

extension StageWork {
  /// Opens a table to be read in batches of rows.
  package func table(_ input: StageInput) throws(Diagnostic) -> TableReader<InputFile> {
    try TableReader(try stream(input), file: "\(input.source)")
  }

  /// Starts a table that `commit` will store.
  package func newTable(_ columns: [String]) throws(Diagnostic) -> TableWriter<ArtifactDraft> {
    try TableWriter(columns: columns, to: try store.makeDraft())
  }

  package func commit(_ table: consuming TableWriter<ArtifactDraft>, to port: Port)
    throws(Diagnostic)
  {
    try commit(table.finish(), to: port)
  }

  /// Rewrites a table by changing its batches, several at a time, and writing them in their order.
  ///
  /// - Parameter prepare: called with the columns; returns the new columns and the change.
  /// - Returns: how many rows were written, or nil when the stage was asked to stop.
  package func rewrite(
    _ input: StageInput, to port: Port, _ prepare: ([String]) throws(Diagnostic) -> TableChange
  ) throws(Diagnostic) -> Int? {
    var reader = try table(input)
    let change = try prepare(reader.columns)
    var writer = try newTable(change.columns)
    let pace = RowProgress(of: self)
    while let batches = try reader.next(cores * 2) {
      guard !shouldStop else { return nil }
      let changed = try mapConcurrently(batches.count, cores: cores) {
        (index) throws(Diagnostic) -> RowBatch in try change.apply(batches[index])
      }
      for batch in changed { try writer.append(batch) }
      pace.report(rows: writer.rowCount, reader.source.progress)
    }
    let count = writer.rowCount
    try commit(writer, to: port)
    return count
  }
}

extension TableReader where Source: ~Copyable {
  /// The next batches, at most so many; nil at the end.
  package mutating func next(_ limit: Int) throws(Diagnostic) -> [RowBatch]? {
    var batches: [RowBatch] = []
    while batches.count < limit, let batch = try next() { batches.append(batch) }
    return batches.isEmpty ? nil : batches
  }
}

/// A change of each batch of a table, and the columns after it.
package struct TableChange: Sendable {
  package let columns: [String]
  package let apply: @Sendable (RowBatch) throws(Diagnostic) -> RowBatch

  package init(
    columns: [String], apply: @escaping @Sendable (RowBatch) throws(Diagnostic) -> RowBatch
  ) {
    self.columns = columns
    self.apply = apply
  }
}
