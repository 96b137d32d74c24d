import Cores
import Diagnostics
import Files
import Pipelines
import Text

extension StageWork {
  /// Makes something of each batch of a table's rows, on several cores, and takes it in their order.
  ///
  /// - Parameter take: called with what was made and how much of the table was read.
  /// - Returns: whether all was read; false when the stage was asked to stop.
  func forEachBatch<Made: Sendable>(
    of reader: inout TableReader<InputFile>, _ make: @Sendable (RowBatch) -> Made,
    take: (Made, ReadProgress) throws(Diagnostic) -> Void
  ) throws(Diagnostic) -> Bool {
    let lines = reader.lines
    while true {
      guard !shouldStop else { return false }
      var pieces: [TablePiece] = []
      while pieces.count < cores * 2, let piece = try reader.nextPiece() { pieces.append(piece) }
      guard !pieces.isEmpty else { return true }
      let group = pieces
      let made = try mapConcurrently(group.count, cores: cores) {
        (index) throws(Diagnostic) -> Made in
        let piece = group[index]
        return make(try lines.rows(of: piece.lines.span, firstLine: piece.firstLine))
      }
      for made in made { try take(made, reader.source.progress) }
    }
  }
}
