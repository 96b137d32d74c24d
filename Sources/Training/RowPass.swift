import Cores
import Datasets
import Diagnostics
import Layers
import Tensors

/// One pass over rows for something that a network computes of each, on several cores.
///
/// It works through windows of neighbouring rows, batched by length inside each: memory is bounded,
/// and the results do not depend on the number of cores.
package struct RowPass: Sendable {
  private let limit: BatchLimit
  private let cores: Int
  private let tapes: TapePool
  /// How many rows' results are held at a time.
  private static let window = 8192

  package init(limit: BatchLimit = BatchLimit(rows: 64), cores: Int, blas: OpenBLAS) {
    self.limit = limit
    self.cores = cores
    tapes = TapePool(blas)
  }

  /// Computes something of each batch and gives the numbers of each row to `body`, row after row.
  ///
  /// - Parameters:
  ///   - compute: [rows × width] numbers of the rows of a batch, and what else there is of it.
  ///   - width: numbers of a row.
  /// - Returns: what else there was, batch by batch.
  package func run<Rest: Sendable>(
    over examples: Examples<ClassificationBatch>, width: Int,
    _ body: (_ row: Int, _ numbers: Span<Float>) throws(Diagnostic) -> Void,
    computing compute: @Sendable (ClassificationBatch, Tape) -> (numbers: [Float], rest: Rest)
  ) throws(Diagnostic) -> [Rest] {
    var rest: [Rest] = []
    for start in stride(from: 0, to: examples.count, by: Self.window) {
      let part = examples.part(start..<min(start + Self.window, examples.count))
      let batches = Batcher(lengths: part.lengths, limit: limit).ordered()
      let results = try mapConcurrently(batches.count, cores: cores) {
        index throws(Diagnostic) in
        let batch = try part.batch(batches[index])
        return tapes.withTape { tape in flushingSubnormals { compute(batch, tape) } }
      }
      rest += results.map(\.rest)
      try deliver(results.map(\.numbers), of: batches, width: width, to: body, from: start)
    }
    return rest
  }

  /// Gives the results of a window to `body`, in the order of its rows.
  private func deliver(
    _ results: [[Float]], of batches: Batches, width: Int,
    to body: (Int, Span<Float>) throws(Diagnostic) -> Void, from start: Int
  ) throws(Diagnostic) {
    var places = [(batch: Int, row: Int)](repeating: (0, 0), count: batches.rows.count)
    for (index, batch) in batches.enumerated() {
      for (row, number) in batch.enumerated() { places[Int(number)] = (index, row) }
    }
    for (number, place) in places.enumerated() {
      let numbers = results[place.batch]
      let range = place.row * width..<(place.row + 1) * width
      try body(start + number, numbers.span.extracting(range))
    }
  }
}
