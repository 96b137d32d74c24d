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
  case encoder(Encoder.Family, Encoder.Pooling)

  static let all =
    RecurrentCell.allCases.flatMap { cell in
      LSTMClassifier.Pooling.allCases.map { recurrent(cell, $0) }
    } + [.cnn, .ngrams] + ActivationFunction.allCases.map(Self.mlp)
    + Encoder.Family.allCases.flatMap { family in
      Encoder.Pooling.allCases.map { encoder(family, $0) }
    }

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
    case .encoder(let family, let pooling):
      var configuration = Self.encoderConfiguration
      configuration.family = family
      configuration.segmentCount = family == .bert ? 2 : 0
      configuration.pooling = pooling
      configuration.dropout.hidden = dropProbability
      configuration.dropout.attention = dropProbability
      configuration.dropout.classifier = dropProbability
      return Encoder(configuration)
    }
  }

  /// The configuration of an encoder without dropout, whose [CLS] is 1 and whose [SEP] is 2.
  static var encoderConfiguration: Encoder.Configuration {
    var configuration = Encoder.Configuration(vocabularySize: 20, classCount: 3)
    configuration.width = 12
    configuration.layerCount = 2
    configuration.headCount = 3
    configuration.innerWidth = 20
    configuration.positionCount = 24
    configuration.initialDeviation = 0.3
    configuration.dropout.hidden = 0
    configuration.dropout.attention = 0
    configuration.dropout.classifier = 0
    (configuration.start, configuration.end) = (1, 2)
    return configuration
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
