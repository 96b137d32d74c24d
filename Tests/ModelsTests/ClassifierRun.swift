import Datasets
import Fixtures
import Layers
import Models
import Tensors

/// A small classifier with its first weights.
struct ClassifierRun {
  let model: any Classifier
  let parameters: ParameterBuffer

  init(_ model: any Classifier) {
    self.model = model
    parameters = ParameterBuffer(model.layout, initializedFrom: RandomSource(seed: 4))
  }

  /// The bits of the gradient of a batch's loss.
  func gradient(
    of batch: ClassificationBatch, random: RandomSource = RandomSource(seed: 0)
  ) -> [UInt32] {
    let gradient = ParameterBuffer(model.layout)
    _ = model.lossAndGradient(
      of: batch, parameters: parameters, into: gradient, on: Tape(.opened), random: random)
    return gradient.flat.array.map(\.bitPattern)
  }

  func probabilities(of batch: ClassificationBatch) -> [Float] {
    model.predict(
      batch, with: model.inferenceWeights(parameters, blas: .opened), on: Tape(.opened)
    ).array
  }
}

extension ClassificationBatch {
  /// Rows of these lengths with random tokens below 20; row r is of class r mod 3.
  static func random(lengths: [Int32]) -> ClassificationBatch {
    let width = Int(lengths.max() ?? 0)
    var random = RandomSource(seed: 12)
    let tokens = lengths.flatMap { length in
      (0..<width).map { $0 < Int(length) ? Int32(1 + random.index(below: 19)) : 0 }
    }
    return ClassificationBatch(
      tokens: tokens, width: width, lengths: lengths,
      labels: lengths.indices.map { Int32($0 % 3) })
  }

  /// The same rows with more padding.
  func widened(by extra: Int) -> ClassificationBatch {
    let wider = (0..<rowCount).flatMap { row in
      tokens[row * width..<(row + 1) * width] + [Int32](repeating: 0, count: extra)
    }
    return ClassificationBatch(
      tokens: wider, width: width + extra, lengths: lengths, labels: labels)
  }
}
