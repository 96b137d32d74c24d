/// The batches of one pass over a dataset, each a stretch of one list of row numbers.
package struct Batches: RandomAccessCollection, Hashable, Sendable {
  /// Every row of the dataset, once, in the order of the batches.
  package let rows: [Int32]
  /// Where each batch begins in `rows`, and at last where the last one ends.
  private let bounds: [Int]

  init(rows: [Int32], bounds: [Int]) {
    self.rows = rows
    self.bounds = bounds
  }

  package var startIndex: Int { 0 }
  package var endIndex: Int { bounds.count - 1 }
  package subscript(batch: Int) -> ArraySlice<Int32> { rows[bounds[batch]..<bounds[batch + 1]] }
}
