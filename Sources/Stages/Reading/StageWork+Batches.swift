import Cores
import Diagnostics
import Files
import Pipelines
import Text

extension StageWork {
  /// Makes something of each batch of a table's rows, on several cores, and takes it in their order.
  ///
  /// - Parameters:
  ///   - columns: those that are read; other fields are empty.
  ///   - take: called with what was made and how much of the table was read.
  /// - Returns: whether all was read; false when the stage was asked to stop.
  func forEachBatch<Made: Sendable>(
    of reader: inout TableReader<InputFile>, columns: [Int],
    _ make: @escaping @Sendable (RowBatch) -> Made,
    take: (Made, ReadProgress) throws(Diagnostic) -> Void
  ) throws(Diagnostic) -> Bool {
    let lines = reader.lines.reading(only: columns)
    var work = OrderedWork(cores: cores) { (piece: TablePiece) throws(Diagnostic) in
      make(try lines.rows(of: piece.lines.span, firstLine: piece.firstLine))
    }
    var failure: Diagnostic?
    while true {
      while !work.isFull, failure == nil, !shouldStop {
        do throws(Diagnostic) {
          guard let piece = try reader.nextPiece() else { break }
          work.start(piece)
        } catch { failure = error }
      }
      guard let made = try work.takeNext() else { break }
      try take(made, reader.source.progress)
    }
    guard !shouldStop else { return false }
    if let failure { throw failure }
    return true
  }
}
