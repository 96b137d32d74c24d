import Cores
import Datasets
import Diagnostics
import Layers
import Models
import Tensors
import Training

/// A network with its weights, which classifies rows of ids.
struct NetworkClassifier<Network: Classifier>: TrainedClassifier {
  private let network: Network
  private let weights: InferenceWeights
  private let tape: Tape

  /// - Parameter precision: of the products with weights.
  init(
    _ network: Network, _ weights: ParameterBuffer, in precision: Precision = .float32,
    _ blas: OpenBLAS
  ) {
    tape = Tape(blas)
    self.network = network
    self.weights = network.inferenceWeights(weights, in: precision, blas: blas)
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

  var longestRow: Int { min(network.longestRow, fittingTokens) }

  /// The most tokens at once: they take an eighth of the memory.
  private var fittingTokens: Int {
    max(1, availableMemory() / (8 * MemoryLayout<Float>.stride) / max(1, network.floatsPerToken))
  }

  /// A text without words is read as one padding.
  func probabilities(of ids: [Int32]) -> [Float] {
    let row = real(ids)
    let tokens = row.isEmpty ? [Int32(network.padding)] : row
    let batch = ClassificationBatch(
      tokens: tokens, width: tokens.count, lengths: [Int32(tokens.count)], labels: [0])
    let probabilities = network.predict(batch, with: weights, on: tape)
    return probabilities.indices.map { probabilities[$0] }
  }

  /// Rows of like length together, so many ids at a time that short rows fill a batch.
  func probabilities(of rows: [[Int32]], cores: Int) throws(Diagnostic) -> [Float] {
    let limit = BatchLimit(tokens: max(1, min(16_384, fittingTokens / cores)), rows: 64)
    var all: [Float] = []
    all.reserveCapacity(rows.count * classCount)
    try Evaluator(network, limit: limit, cores: cores, blas: tape.blas).evaluate(
      Examples(rows: rows.map(real), padding: Int32(network.padding)), with: weights
    ) { _, probabilities in
      for index in probabilities.indices { all.append(probabilities[index]) }
    }
    return all
  }

  /// The gradient of the odds by the weights of each part of the row, times these weights; where
  /// parts have no names, what the odds lose without a word.
  func effects(of ids: [Int32], for label: Int, against other: Int) -> [RowEffect] {
    let row = real(ids)
    guard !row.isEmpty else { return [] }
    guard let parts = network.inputParts(of: row) else {
      return leavingOut(ids, for: label, against: other)
    }
    var network = network
    network.classWeights = []
    // The difference of the two losses is that of the classes' logarithms.
    let gradients = [other, label].map { label in
      let gradient = ParameterBuffer(network.layout)
      tape.begin(weights.parameters, gradient: gradient, dropping: false)
      _ = network.loss(
        of: ClassificationBatch(
          tokens: row, width: row.count, lengths: [Int32(row.count)], labels: [Int32(label)]),
        on: tape)
      tape.backward()
      return gradient
    }
    return parts.map { part in
      let effect = network.inputTables.reduce(Float(0)) { sum, table in
        let (vectors, plus, minus) = (
          weights.parameters[table], gradients[0][table], gradients[1][table]
        )
        let places = part.place * table.shape.columns..<(part.place + 1) * table.shape.columns
        return places.reduce(sum) { $0 + vectors[$1] * (plus[$1] - minus[$1]) }
      }
      return RowEffect(ids: part.ids, effect: effect)
    }
  }

  /// A row without the padding around it.
  private func real(_ ids: [Int32]) -> [Int32] {
    Array(ids[realRange(of: ids.span, padding: Int32(network.padding))])
  }
}
