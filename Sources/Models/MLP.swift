import Datasets
import Layers
import Tensors

/// Mean of a row's word vectors → dense layers → classes: a multilayer perceptron.
///
/// The order of the words makes no difference to it.
package struct MLP: Classifier {
  package struct Configuration: Hashable, Sendable {
    package var vocabularySize: Int
    package var classCount: Int
    package var embeddingWidth = 128
    /// Of each dense layer before the output layer, the first one first.
    package var hiddenWidths = [128]
    /// What squashes each of them.
    package var activation = ActivationFunction.relu
    /// Of the mean, and of what each dense layer gives.
    package var dropProbability: Float = 0
    package var padding = 0

    package init(vocabularySize: Int, classCount: Int) {
      self.vocabularySize = vocabularySize
      self.classCount = classCount
    }
  }

  package let configuration: Configuration
  package var classWeights: [Float]
  package let layout: ParameterLayout
  private let embedding: Parameter
  private let hidden: [(weight: Parameter, bias: Parameter)]
  private let classes: (weight: Parameter, bias: Parameter)

  package init(_ configuration: Configuration, classWeights: [Float] = []) {
    self.configuration = configuration
    self.classWeights = classWeights
    var layout = ParameterLayout()
    embedding = layout.add(
      "embedding.weight", [configuration.vocabularySize, configuration.embeddingWidth],
      .normalExceptRow(configuration.padding, deviation: 0.1))
    var width = configuration.embeddingWidth
    hidden = configuration.hiddenWidths.enumerated().map { place, next in
      defer { width = next }
      return layout.addLinear("hidden\(place + 1)", from: width, to: next)
    }
    classes = layout.addLinear("classes", from: width, to: configuration.classCount)
    self.layout = layout
  }

  package var vocabularySize: Int { configuration.vocabularySize }
  package var padding: Int { configuration.padding }
  package var classCount: Int { configuration.classCount }

  /// The vectors of the words and their gradients; all after them is a row's, not a word's.
  package var floatsPerToken: Int { 2 * configuration.embeddingWidth }

  package func logits(of batch: ClassificationBatch, on tape: Tape) -> Variable {
    let packing = tape.pack(lengths: batch.lengths)
    let words = tape.embed(
      batch.tokens, width: batch.width, packing: packing, table: embedding,
      padding: configuration.padding)
    var x = tape.meanOverTime(words, packing: packing, lengths: batch.lengths)
    x = tape.dropout(x, dropProbability: configuration.dropProbability)
    for layer in hidden {
      x = tape.activate(
        tape.linear(x, weight: layer.weight, bias: layer.bias), by: configuration.activation)
      x = tape.dropout(x, dropProbability: configuration.dropProbability)
    }
    return tape.linear(x, weight: classes.weight, bias: classes.bias)
  }
}
