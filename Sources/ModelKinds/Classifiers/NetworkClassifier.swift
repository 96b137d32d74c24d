import Chains
import Datasets
import Diagnostics
import Layers
import Models
import Tensors
import Training

/// A network with its weights, which classifies rows of ids.
struct NetworkClassifier<Network: Classifier>: TrainedClassifier {
  private let network: Network
  private let weights: ParameterBuffer
  private let tape: Tape

  init(_ network: Network, _ weights: ParameterBuffer, _ blas: OpenBLAS) {
    tape = Tape(blas)
    self.network = network
    self.weights = weights
  }

  var classCount: Int { network.classCount }

  func reads(_ rows: Dataset) -> Bool {
    rows.columns[0].vocabularySize == network.vocabularySize
  }

  func classify(
    _ rows: Dataset, cores: Int, _ body: (_ row: Int, _ probabilities: Span<Float>) -> Void
  ) throws(Diagnostic) {
    try Evaluator(network, cores: cores, blas: tape.blas)
      .evaluate(rows.classification(), with: weights, body)
  }

  /// A text without words is read as one padding.
  func classify(_ text: String, through chain: inout ChainEncoder) -> [Float] {
    let padding = Int32(network.padding)
    let all = chain.ids(of: text)
    let real = realRange(of: all.span, padding: padding)
    let ids = real.isEmpty ? [padding] : Array(all[real])
    let batch = ClassificationBatch(
      tokens: ids, width: ids.count, lengths: [Int32(ids.count)], labels: [0])
    let probabilities = network.predict(batch, parameters: weights, on: tape)
    return probabilities.indices.map { probabilities[$0] }
  }
}
