import Datasets
import Layers
import Tensors

/// Embedding → LSTM layers over each row's real length → pooling → dense layer → classes.
///
/// Parameters bear PyTorch's names, shapes and gate order.
package struct LSTMClassifier: Classifier {
  package struct Configuration: Hashable, Sendable {
    package var vocabularySize: Int
    package var classCount: Int
    package var embeddingWidth = 64
    /// Cells of one direction of one layer.
    package var hiddenWidth = 64
    package var layerCount = 1
    package var isBidirectional = true
    package var pooling = Pooling.last
    /// Width of the ReLU layer before the output layer; 0: there is none.
    package var denseWidth = 0
    /// Of embeddings, between LSTM layers, and after pooling.
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
  }

  package let configuration: Configuration
  package var classWeights: [Float]
  package let layout: ParameterLayout
  private let embedding: Parameter
  private let layers: [[LSTMDirection]]
  private let dense: (weight: Parameter, bias: Parameter)?
  private let classes: (weight: Parameter, bias: Parameter)

  package var vocabularySize: Int { configuration.vocabularySize }
  package var padding: Int { configuration.padding }
  package var classCount: Int { configuration.classCount }

  package func logits(of batch: ClassificationBatch, on tape: Tape) -> Variable {
    let packing = tape.pack(lengths: batch.lengths)
    let states = states(
      of: batch, packing: packing, keepsTopSequence: configuration.pooling != .last, on: tape)
    var x = pool(states[layers.count - 1], batch, packing, on: tape)
    x = tape.dropout(x, dropProbability: configuration.dropProbability)
    if let dense {
      x = tape.relu(tape.linear(x, weight: dense.weight, bias: dense.bias))
    }
    return tape.linear(x, weight: classes.weight, bias: classes.bias)
  }

  /// The states of each LSTM layer, the lowest first.
  package func states(
    of batch: ClassificationBatch, packing: Packing, keepsTopSequence: Bool, on tape: Tape
  ) -> [LSTMStates] {
    var states: [LSTMStates] = []
    for (layer, directions) in layers.enumerated() {
      let below = states.last?.sequence ?? embed(batch, packing, on: tape)
      states.append(
        tape.lstm(
          tape.dropout(below, dropProbability: configuration.dropProbability), packing: packing,
          directions: directions, keepsSequence: keepsTopSequence || layer < layers.count - 1))
    }
    return states
  }

  private func embed(_ batch: Batch, _ packing: Packing, on tape: Tape) -> Variable {
    tape.embed(
      batch.tokens, width: batch.width, packing: packing, table: embedding,
      padding: configuration.padding)
  }

  private func pool(
    _ top: LSTMStates, _ batch: Batch, _ packing: Packing, on tape: Tape
  ) -> Variable {
    switch (configuration.pooling, top.sequence) {
    case (.max, let sequence?):
      tape.maxOverTime(sequence, packing: packing)
    case (.mean, let sequence?):
      tape.meanOverTime(sequence, packing: packing, lengths: batch.lengths)
    default:
      top.last
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
        layout.addLSTM(layer: layer, isReverse: $0, inputWidth: width, hiddenWidth: hidden)
      }
      width = hidden * directions.count
      return directions
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
  fileprivate mutating func addLSTM(
    layer: Int, isReverse: Bool, inputWidth: Int, hiddenWidth: Int
  ) -> LSTMDirection {
    let suffix = "l\(layer)" + (isReverse ? "_reverse" : "")
    return LSTMDirection(
      inputWeight: add("lstm.weight_ih_\(suffix)", [4 * hiddenWidth, inputWidth], .glorot),
      recurrentWeight: add(
        "lstm.weight_hh_\(suffix)", [4 * hiddenWidth, hiddenWidth], .orthogonalBlocks),
      // An open forget gate lets gradients reach far back from the start (Jozefowicz et al. 2015).
      inputBias: add(
        "lstm.bias_ih_\(suffix)", [4 * hiddenWidth],
        .zeroExcept(hiddenWidth..<2 * hiddenWidth, value: 1)),
      recurrentBias: add("lstm.bias_hh_\(suffix)", [4 * hiddenWidth], .constant(0)),
      isReverse: isReverse)
  }

  fileprivate mutating func addLinear(
    _ name: String, from inputWidth: Int, to outputWidth: Int
  ) -> (weight: Parameter, bias: Parameter) {
    (
      add("\(name).weight", [outputWidth, inputWidth], .glorot),
      add("\(name).bias", [outputWidth], .constant(0))
    )
  }
}
