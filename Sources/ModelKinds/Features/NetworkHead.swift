import Datasets
import Diagnostics
import Layers
import Models
import Tensors

/// A network of features with its weights.
struct NetworkHead: FeatureHead {
  private let network: MLP
  private let weights: InferenceWeights
  private let tape: Tape

  /// - Parameter precision: of the products with weights.
  init(
    _ network: MLP, _ weights: ParameterBuffer, in precision: Precision = .float32,
    _ blas: OpenBLAS
  ) {
    tape = Tape(blas)
    self.network = network
    self.weights = network.inferenceWeights(weights, in: precision, blas: blas)
  }

  var classCount: Int { network.classCount }

  func probabilities(of features: Span<Float>) -> [Float] {
    let batch = ClassificationBatch(
      tokens: [Int32(network.padding)], width: 1, lengths: [1], labels: [0],
      features: features.indices.map { features[$0] })
    let probabilities = network.predict(batch, with: weights, on: tape)
    return probabilities.indices.map { probabilities[$0] }
  }
}
