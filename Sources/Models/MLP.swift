import Datasets
import Layers
import Tensors

/// Mean of a row's word vectors, its n-grams or its features → dense layers → classes: a multilayer
/// perceptron.
///
/// The order of the words makes no difference to it, but for what n-grams tell of it.
package struct MLP: Classifier {
  package struct Configuration: Hashable, Sendable {
    package var vocabularySize: Int
    package var classCount: Int
    /// Of the word vectors, or of the features; n-grams have none.
    package var embeddingWidth = 128
    /// Whether rows bring features along, which are read instead of words.
    package var readsFeatures = false
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
  /// The n-grams that it reads; nil for one that reads the mean of word vectors.
  package let ngrams: NGramInput?
  package var classWeights: [Float]
  package let layout: ParameterLayout
  private let input: Input
  /// The dense layers, that of the classes last.
  private let dense: [(weight: Parameter, bias: Parameter)]

  /// What the first dense layer reads.
  private enum Input {
    case mean(words: Parameter)
    case ngrams(NGramInput)
    case features
  }

  package init(
    _ configuration: Configuration, ngrams: NGramInput? = nil, classWeights: [Float] = []
  ) {
    self.configuration = configuration
    self.ngrams = ngrams
    self.classWeights = classWeights
    var layout = ParameterLayout()
    var width: Int
    if let ngrams {
      input = .ngrams(ngrams)
      width = ngrams.count
    } else if configuration.readsFeatures {
      input = .features
      width = configuration.embeddingWidth
    } else {
      width = configuration.embeddingWidth
      input = .mean(
        words: layout.add(
          "embedding.weight", [configuration.vocabularySize, width],
          .normalExceptRow(configuration.padding, deviation: 0.1)))
    }
    let widths = configuration.hiddenWidths + [configuration.classCount]
    dense = widths.enumerated().map { place, next in
      defer { width = next }
      let name = place + 1 < widths.count ? "hidden\(place + 1)" : "classes"
      return place == 0 && ngrams != nil
        ? layout.addSparseLinear(name, from: width, to: next)
        : layout.addLinear(name, from: width, to: next)
    }
    self.layout = layout
  }

  package var vocabularySize: Int { configuration.vocabularySize }
  package var padding: Int { configuration.padding }
  package var classCount: Int { configuration.classCount }

  /// The vectors of the words and their gradients, or n-grams and what they count for; all after
  /// them is a row's, not a word's.
  package var floatsPerToken: Int {
    ngrams?.numbersPerToken ?? 2 * configuration.embeddingWidth
  }

  package var inputTables: [ParameterLayout.Entry] {
    ngrams == nil ? layout.wordTables : Array(layout.entries.prefix(1))
  }

  package func inputParts(of ids: [Int32]) -> [InputPart]? {
    if let ngrams { ngrams.parts(of: ids) } else { InputPart.words(of: ids) }
  }

  package func logits(of batch: ClassificationBatch, on tape: Tape) -> Variable {
    var x = firstLayer(of: batch, on: tape)
    for layer in dense.dropFirst() {
      x = tape.activate(x, by: configuration.activation)
      x = tape.dropout(x, dropProbability: configuration.dropProbability)
      x = tape.linear(x, weight: layer.weight, bias: layer.bias)
    }
    return x
  }

  private func firstLayer(of batch: ClassificationBatch, on tape: Tape) -> Variable {
    let (weight, bias) = dense[0]
    switch input {
    case .mean(let words):
      let packing = tape.pack(lengths: batch.lengths)
      let vectors = tape.embed(
        batch.tokens, width: batch.width, packing: packing, table: words,
        padding: configuration.padding)
      let mean = tape.meanOverTime(vectors, packing: packing, lengths: batch.lengths)
      return tape.linear(
        tape.dropout(mean, dropProbability: configuration.dropProbability), weight: weight,
        bias: bias)
    case .ngrams(let ngrams):
      return tape.linear(ngrams.rows(of: batch), weight: weight, bias: bias)
    case .features:
      let features = tape.given(batch.features, columns: configuration.embeddingWidth)
      return tape.linear(
        tape.dropout(features, dropProbability: configuration.dropProbability), weight: weight,
        bias: bias)
    }
  }
}
