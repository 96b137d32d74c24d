import Artifacts
import Cores
import Diagnostics
import Files
import Pipelines
import Text

extension StageWork {
  /// Opens a table to be read in chunks that are cut by what the rows say.
  package func chunks(of input: StageInput) throws(Diagnostic) -> TableChunkReader<InputFile> {
    try TableChunkReader(
      try stream(input), file: "\(input.source)", sizes: store.chunkSizes)
  }

  /// Makes something of each piece of a chunk, on several cores, and takes it in the order of the rows.
  ///
  /// - Parameters:
  ///   - lines: what turns the chunk's lines into rows.
  ///   - take: called with what was made of a few neighbouring pieces.
  /// - Returns: whether all was made; false when the stage was asked to stop.
  package func forEachPiece<Made: Sendable>(
    of chunk: TableChunk, _ lines: TableLines,
    _ make: @Sendable (RowBatch) throws(Diagnostic) -> Made,
    take: ([Made]) throws(Diagnostic) -> Void
  ) throws(Diagnostic) -> Bool {
    let ranges = TableText.pieces(of: chunk.lines)
    for first in stride(from: 0, to: ranges.count, by: cores * 2) {
      guard !shouldStop else { return false }
      let group = ranges[first..<min(first + cores * 2, ranges.count)]
      let made = try mapConcurrently(group.count, cores: cores) {
        (index) throws(Diagnostic) -> Made in
        let range = group[group.startIndex + index]
        return try make(
          lines.rows(
            of: chunk.lines.span.extracting(range), firstLine: chunk.line(at: range.lowerBound)))
      }
      try take(made)
    }
    return true
  }
}
