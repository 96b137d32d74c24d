import Datasets
import Diagnostics
import Layers
import Models
import Tensors

/// Runs a classifier over rows and gives what it says of each in the order of the rows.
///
/// The results do not depend on the number of cores.
package struct Evaluator<M: Classifier> {
  private let model: M
  private let pass: RowPass

  package init(_ model: M, limit: BatchLimit = BatchLimit(rows: 64), cores: Int, blas: OpenBLAS) {
    self.model = model
    pass = RowPass(limit: limit, cores: cores, blas: blas)
  }

  /// Gives the class probabilities of each row to `body`, and returns the loss over all rows.
  @discardableResult
  package func evaluate(
    _ examples: Examples<ClassificationBatch>, with weights: InferenceWeights,
    _ body: (_ row: Int, _ probabilities: Span<Float>) -> Void = { _, _ in }
  ) throws(Diagnostic) -> Loss {
    let losses = try pass.run(over: examples, width: model.classCount, body) { batch, tape in
      tape.begin(weights)
      let logits = model.logits(of: batch, on: tape)
      let loss = tape.crossEntropy(
        logits, labels: batch.labels, classWeights: model.classWeights)
      let probabilities = tape.softmax(logits)
      return (probabilities.indices.map { probabilities[$0] }, loss)
    }
    return losses.reduce(into: Loss()) { $0 += $1 }
  }
}
