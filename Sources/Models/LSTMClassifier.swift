import Datasets
import Layers
import Tensors

/// Embedding → LSTM or GRU layers over each row's real length → pooling → dense layer → classes.
///
/// Parameters bear PyTorch's names, shapes and gate order.
package struct LSTMClassifier: Classifier {
  package struct Configuration: Hashable, Sendable {
    package var vocabularySize: Int
    package var classCount: Int
    package var cell = RecurrentCell.lstm
    package var embeddingWidth = 64
    /// Cells of one direction of one layer.
    package var hiddenWidth = 64
    package var layerCount = 1
    package var isBidirectional = true
    package var pooling = Pooling.last
    /// Width of the ReLU layer before the output layer; 0: there is none.
    package var denseWidth = 0
    /// Of embeddings, between recurrent layers, and after pooling.
    package var dropProbability: Float = 0
    package var padding = 0

    package init(vocabularySize: Int, classCount: Int) {
      self.vocabularySize = vocabularySize
      self.classCount = classCount
    }
  }

  /// How the hidden states of a row become one vector.
  package enum Pooling: String, CaseIterable, Hashable, Sendable {
    /// Each direction's state after its last step.
    case last
    case max
    case mean
    /// A mean by weights that are learnt.
    case attention
  }

  package let configuration: Configuration
  package var classWeights: [Float]
  package let layout: ParameterLayout
  private let embedding: Parameter
  private let layers: [[RecurrentDirection]]
  private let attention: (keys: (weight: Parameter, bias: Parameter), query: Parameter)?
  private let dense: (weight: Parameter, bias: Parameter)?
  private let classes: (weight: Parameter, bias: Parameter)

  package var vocabularySize: Int { configuration.vocabularySize }
  package var padding: Int { configuration.padding }
  package var classCount: Int { configuration.classCount }
  package var packedCells: [PackedCells] {
    layers.enumerated().flatMap { layer, directions in
      directions.map {
        PackedCells(configuration.cell, $0, words: layer == 0 ? embedding : nil)
      }
    }
  }

  /// The vectors of the words; of each layer the gates, the cell, what comes out and what dropout
  /// leaves of it; and the gradients of all that.
  package var floatsPerToken: Int {
    let cells = configuration.hiddenWidth * (configuration.isBidirectional ? 2 : 1)
    return 4 * configuration.embeddingWidth + 15 * cells * configuration.layerCount
  }

  package func logits(of batch: ClassificationBatch, on tape: Tape) -> Variable {
    let packing = tape.pack(lengths: batch.lengths)
    let states = states(
      of: batch, packing: packing, keepsTopSequence: configuration.pooling != .last, on: tape)
    var x = pool(states[layers.count - 1], batch, packing, on: tape)
    x = tape.dropout(x, dropProbability: configuration.dropProbability)
    if let dense {
      x = tape.activate(
        tape.linear(x, weight: dense.weight, bias: dense.bias), by: .relu)
    }
    return tape.linear(x, weight: classes.weight, bias: classes.bias)
  }

  /// The states of each layer of cells, the lowest first.
  package func states(
    of batch: ClassificationBatch, packing: Packing, keepsTopSequence: Bool, on tape: Tape
  ) -> [RecurrentStates] {
    var states: [RecurrentStates] = []
    let words = tape.words(batch.tokens, width: batch.width, packing: packing)
    for (layer, directions) in layers.enumerated() {
      let below =
        states.last?.sequence
        ?? tape.lookUp(words, table: embedding, padding: configuration.padding)
      states.append(
        tape.recurrent(
          tape.dropout(below, dropProbability: configuration.dropProbability),
          words: layer == 0 ? words : nil, packing: packing, cell: configuration.cell,
          directions: directions,
          keepsSequence: keepsTopSequence || layer < layers.count - 1))
    }
    return states
  }

  private func pool(
    _ top: RecurrentStates, _ batch: Batch, _ packing: Packing, on tape: Tape
  ) -> Variable {
    guard let sequence = top.sequence else { return top.last }
    switch configuration.pooling {
    case .last: return top.last
    case .max: return tape.maxOverTime(sequence, packing: packing)
    case .mean: return tape.meanOverTime(sequence, packing: packing, lengths: batch.lengths)
    case .attention:
      guard let attention else { preconditionFailure("attention without a query") }
      let keys = tape.linear(
        sequence, weight: attention.keys.weight, bias: attention.keys.bias)
      return tape.attentionOverTime(
        sequence, keys: tape.activate(keys, by: .tanh), query: attention.query, packing: packing)
    }
  }
}

extension LSTMClassifier {
  package init(_ configuration: Configuration, classWeights: [Float] = []) {
    precondition(configuration.layerCount > 0, "\(configuration.layerCount) layers")
    self.configuration = configuration
    self.classWeights = classWeights
    let hidden = configuration.hiddenWidth
    var layout = ParameterLayout()
    embedding = layout.add(
      "embedding.weight", [configuration.vocabularySize, configuration.embeddingWidth],
      .normalExceptRow(configuration.padding, deviation: 0.1))
    var width = configuration.embeddingWidth
    layers = (0..<configuration.layerCount).map { layer in
      let directions = (configuration.isBidirectional ? [false, true] : [false]).map {
        layout.add(
          configuration.cell, layer: layer, isReverse: $0, inputWidth: width, hiddenWidth: hidden)
      }
      width = hidden * directions.count
      return directions
    }
    if configuration.pooling == .attention {
      attention = (
        layout.addLinear("attention", from: width, to: width),
        layout.add("query", [width], .normal(deviation: 0.1))
      )
    } else {
      attention = nil
    }
    if configuration.denseWidth > 0 {
      dense = layout.addLinear("dense", from: width, to: configuration.denseWidth)
      width = configuration.denseWidth
    } else {
      dense = nil
    }
    classes = layout.addLinear("classes", from: width, to: configuration.classCount)
    self.layout = layout
  }
}

extension ParameterLayout {
  /// The four parameters of one direction of one layer.
  fileprivate mutating func add(
    _ cell: RecurrentCell, layer: Int, isReverse: Bool, inputWidth: Int, hiddenWidth: Int
  ) -> RecurrentDirection {
    let name = cell.rawValue
    let suffix = "l\(layer)" + (isReverse ? "_reverse" : "")
    let sums = cell.gateCount * hiddenWidth
    let inputBias: Initializer =
      switch cell {
      // An open forget gate lets gradients reach far back from the start (Jozefowicz et al. 2015).
      case .lstm: .zeroExcept(hiddenWidth..<2 * hiddenWidth, value: 1)
      case .gru: .constant(0)
      }
    return RecurrentDirection(
      inputWeight: add("\(name).weight_ih_\(suffix)", [sums, inputWidth], .glorot),
      recurrentWeight: add(
        "\(name).weight_hh_\(suffix)", [sums, hiddenWidth], .orthogonalBlocks),
      inputBias: add("\(name).bias_ih_\(suffix)", [sums], inputBias),
      recurrentBias: add("\(name).bias_hh_\(suffix)", [sums], .constant(0)),
      isReverse: isReverse)
  }
}
