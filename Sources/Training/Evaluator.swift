import Cores
import Datasets
import Diagnostics
import Layers
import Models
import Tensors

/// Runs a classifier over rows and gives what it says of each in the order of the rows.
///
/// It works through windows of neighbouring rows, batched by length inside each: memory is bounded,
/// and the results do not depend on the number of cores.
package struct Evaluator<M: Classifier> {
  private let model: M
  private let limit: BatchLimit
  private let cores: Int
  private let tapes: TapePool
  /// How many rows' results are held at a time.
  private static var window: Int { 8192 }

  package init(_ model: M, limit: BatchLimit = BatchLimit(rows: 64), cores: Int, blas: OpenBLAS) {
    self.model = model
    self.limit = limit
    self.cores = cores
    tapes = TapePool(blas)
  }

  /// Gives the class probabilities of each row to `body`, and returns the loss over all rows.
  @discardableResult
  package func evaluate(
    _ examples: Examples<ClassificationBatch>, with weights: ParameterBuffer,
    _ body: (_ row: Int, _ probabilities: Span<Float>) -> Void = { _, _ in }
  ) throws(Diagnostic) -> Loss {
    var total = Loss()
    for start in stride(from: 0, to: examples.count, by: Self.window) {
      let rows = start..<min(start + Self.window, examples.count)
      let batches = Batcher(lengths: examples.lengths.map { Array($0[rows]) }, limit: limit)
        .ordered()
      let results = try mapConcurrently(batches.count, cores: cores) {
        index throws(Diagnostic) in
        let batch = try examples.batch(ArraySlice(batches[index].map { $0 + Int32(start) }))
        return tapes.withTape { tape in
          flushingSubnormals { result(of: batch, weights, on: tape) }
        }
      }
      for result in results { total += result.loss }
      deliver(results, of: batches, to: body, from: start)
    }
    return total
  }

  private func result(
    of batch: ClassificationBatch, _ weights: ParameterBuffer, on tape: Tape
  ) -> BatchResult {
    tape.begin(weights)
    let logits = model.logits(of: batch, on: tape)
    let loss = tape.crossEntropy(
      logits, labels: batch.labels, classWeights: model.classWeights)
    let probabilities = tape.softmax(logits)
    return BatchResult(loss: loss, probabilities: probabilities.indices.map { probabilities[$0] })
  }

  /// Gives the results of a window to `body`, in the order of its rows.
  private func deliver(
    _ results: [BatchResult], of batches: Batches, to body: (Int, Span<Float>) -> Void,
    from start: Int
  ) {
    var places = [(batch: Int, row: Int)](repeating: (0, 0), count: batches.rows.count)
    for (index, batch) in batches.enumerated() {
      for (row, number) in batch.enumerated() { places[Int(number)] = (index, row) }
    }
    let classes = model.classCount
    for (number, place) in places.enumerated() {
      let values = results[place.batch].probabilities
      let range = place.row * classes..<(place.row + 1) * classes
      body(start + number, values.span.extracting(range))
    }
  }
}

/// What a classifier says of one batch.
private struct BatchResult: Sendable {
  let loss: Loss
  /// [rows × classes].
  let probabilities: [Float]
}
