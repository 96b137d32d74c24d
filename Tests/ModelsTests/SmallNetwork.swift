import LinearModels
import Models
import Tensors
import Testing

/// A network of each kind, small enough for a test.
enum SmallNetwork: Hashable, Sendable, CustomTestStringConvertible {
  case recurrent(RecurrentCell, LSTMClassifier.Pooling)
  case cnn
  case mlp(ActivationFunction)
  /// A multilayer perceptron over n-grams.
  case ngrams

  static let all =
    RecurrentCell.allCases.flatMap { cell in
      LSTMClassifier.Pooling.allCases.map { recurrent(cell, $0) }
    } + [.cnn, .ngrams] + ActivationFunction.allCases.map(Self.mlp)

  var testDescription: String { "\(self)" }

  func model(dropProbability: Float = 0) -> any Classifier {
    switch self {
    case .recurrent(let cell, let pooling):
      var configuration = LSTMClassifier.Configuration(vocabularySize: 20, classCount: 3)
      configuration.cell = cell
      configuration.embeddingWidth = 12
      configuration.hiddenWidth = 20
      configuration.layerCount = 2
      configuration.pooling = pooling
      configuration.denseWidth = 9
      configuration.dropProbability = dropProbability
      return LSTMClassifier(configuration)
    case .cnn:
      var configuration = CNNClassifier.Configuration(vocabularySize: 20, classCount: 3)
      configuration.embeddingWidth = 12
      configuration.filterWidths = [5, 2, 3]
      configuration.mapCount = 7
      configuration.dropProbability = dropProbability
      return CNNClassifier(configuration)
    case .mlp(let activation):
      return MLP(Self.perceptron(activation, dropProbability))
    case .ngrams:
      let features = NGramFeatures(
        .hashing(NGramHashing(lengths: 1...2, bucketCount: 50)),
        .tfidf(TFIDF(isSublinear: true, idf: [])))
      return MLP(
        Self.perceptron(.relu, dropProbability),
        ngrams: NGramInput(features, tokens: [-1] + (1..<20)))
    }
  }

  private static func perceptron(
    _ activation: ActivationFunction, _ dropProbability: Float
  ) -> MLP.Configuration {
    var configuration = MLP.Configuration(vocabularySize: 20, classCount: 3)
    configuration.embeddingWidth = 12
    configuration.hiddenWidths = [17, 9]
    configuration.activation = activation
    configuration.dropProbability = dropProbability
    return configuration
  }
}
