import Diagnostics
import Formats

extension Dataset {
  /// About how many ids are read at a time where neighbouring rows are wanted.
  private static let pieceIDs = 1 << 18
  /// The most rows of such a piece.
  private static let pieceRows = 1 << 13

  /// Lends the ids of one row, padding around them included.
  package func withIDs<Result>(
    ofRow row: Int, column: Int = 0, _ body: (Span<Int32>) throws(Diagnostic) -> Result
  ) throws(Diagnostic) -> Result {
    let tensors = tensors[column]
    let range = try file.withValues(of: tensors.offsets, at: row..<row + 2) {
      (offsets: Span<Int64>) in Int(offsets[0])..<Int(offsets[1])
    }
    return try file.withValues(of: tensors.ids, at: range, body)
  }

  /// The real ids of one row, padding around them left out.
  package func ids(ofRow row: Int, column: Int = 0) throws(Diagnostic) -> [Int32] {
    try withIDs(ofRow: row, column: column) { all in
      realRange(of: all, padding: columns[column].padding).map { all[$0] }
    }
  }

  /// Lends the ids of each of some neighbouring rows, padding around them included, in their order.
  ///
  /// They are read piece by piece, so that memory is bounded.
  package func forEachRow(
    of column: Int = 0, in rows: Range<Int>? = nil,
    _ body: (_ row: Int, _ ids: Span<Int32>) throws(Diagnostic) -> Void
  ) throws(Diagnostic) {
    let rows = rows ?? 0..<count
    for first in stride(from: rows.lowerBound, to: rows.upperBound, by: Self.pieceRows) {
      let last = min(first + Self.pieceRows, rows.upperBound)
      try file.withValues(of: tensors[column].offsets, at: first..<last + 1) {
        (offsets: Span<Int64>) throws(Diagnostic) in
        try forEachRow(of: column, from: first, offsets: offsets, body)
      }
    }
  }

  /// - Parameter offsets: where each row begins, and where the last one ends.
  private func forEachRow(
    of column: Int, from first: Int, offsets: Span<Int64>,
    _ body: (_ row: Int, _ ids: Span<Int32>) throws(Diagnostic) -> Void
  ) throws(Diagnostic) {
    let rowCount = offsets.count - 1
    var row = 0
    while row < rowCount {
      let start = offsets[row]
      var end = row + 1
      while end < rowCount, offsets[end + 1] - start <= Self.pieceIDs { end += 1 }
      try file.withValues(of: tensors[column].ids, at: Int(start)..<Int(offsets[end])) {
        (ids: Span<Int32>) throws(Diagnostic) in
        while row < end {
          let range = Int(offsets[row] - start)..<Int(offsets[row + 1] - start)
          try body(first + row, ids.extracting(range))
          row += 1
        }
      }
    }
  }
}
