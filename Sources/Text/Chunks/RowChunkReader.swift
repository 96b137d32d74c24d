import Diagnostics

/// A file of rows as chunks of whole lines that are cut by their content, and their rows.
package protocol RowChunkReader: ~Copyable {
  /// The next chunk; nil at the end.
  ///
  /// - Throws: what went wrong in the chunk before, or in reading on.
  mutating func next() throws(Diagnostic) -> LineChunk?

  /// Whether a chunk begins with a row here, so that its rows do not depend on what came before.
  var isBetweenRecords: Bool { get }

  /// The line of the file at which the next chunk begins.
  var line: Int { get }

  /// What decides which rows the lines of a chunk are, besides the lines and the options.
  var layoutText: String { get }

  /// Passes over a chunk whose rows are known.
  mutating func skip(lines count: Int)

  /// Parses a chunk.
  mutating func rows(of chunk: LineChunk) throws(Diagnostic) -> [RowBatch]

  /// Whether the chunk that was parsed last ends with a row and gave nothing but rows: nothing that is
  /// counted, warned of or wrong.
  var gaveRowsOnly: Bool { get }
}
