import Formats
import Models
import Pipelines

/// The LSTM classifier as a kind of model: its options and its configuration.
package struct LSTMClassifierKind: NetworkClassifierKind {
  package static let name = "lstm-classifier"

  /// The configuration, still without the numbers of words and classes.
  private let template: LSTMClassifier.Configuration
  package let training: ClassifierTraining

  package init(from options: inout StageOptions) {
    var template = LSTMClassifier.Configuration(vocabularySize: 1, classCount: 1)
    template.embeddingWidth = options.integer(
      "embedding", default: 64, in: 1...65_536, "width of the word vectors")
    template.hiddenWidth = options.integer(
      "hidden", default: 64, in: 1...65_536, "LSTM cells of each direction")
    template.layerCount = options.integer("layers", default: 1, in: 1...64, "LSTM layers")
    template.isBidirectional = options.flag(
      "bidirectional", default: true, "whether a second LSTM reads from the end")
    template.pooling = options.choice(
      "pooling", default: LSTMClassifier.Pooling.last,
      "what becomes of a row's states: the last ones, or their maximum or mean over time")
    template.denseWidth = options.integer(
      "dense", default: 0, in: 0...65_536, "width of a ReLU layer before the classes; 0 for none")
    template.dropProbability = options.float(
      "dropout", default: 0.2, in: .from(0, below: 1),
      "the share of values dropped after the embedding, between layers and before the classes")
    self.template = template
    training = ClassifierTraining(from: &options) { LSTMClassifier(template).layout }
  }

  package func network(vocabularySize: Int, classCount: Int, padding: Int) -> LSTMClassifier {
    var configuration = template
    configuration.vocabularySize = vocabularySize
    configuration.classCount = classCount
    configuration.padding = padding
    return LSTMClassifier(configuration)
  }

  package static func configuration(of network: LSTMClassifier) -> JSONValue {
    let configuration = network.configuration
    return [
      "vocabulary": .integer(configuration.vocabularySize),
      "classes": .integer(configuration.classCount),
      "embedding": .integer(configuration.embeddingWidth),
      "hidden": .integer(configuration.hiddenWidth),
      "layers": .integer(configuration.layerCount),
      "bidirectional": .bool(configuration.isBidirectional),
      "pooling": .string(configuration.pooling.rawValue),
      "dense": .integer(configuration.denseWidth),
      "dropout": .number(Double(configuration.dropProbability)),
      "padding": .integer(configuration.padding),
    ]
  }

  package static func network(_ json: JSONValue) -> LSTMClassifier? {
    guard let vocabulary = json.size("vocabulary"), let classes = json.size("classes"),
      let embedding = json.size("embedding"), let hidden = json.size("hidden"),
      let layers = json.size("layers"), layers <= 64,
      let isBidirectional = json["bidirectional"]?.boolValue,
      let pooling = json["pooling"]?.stringValue.flatMap(LSTMClassifier.Pooling.init),
      let dense = json.size("dense", from: 0), let dropout = json.share("dropout"),
      let padding = json.size("padding", from: 0), padding < vocabulary
    else { return nil }
    var configuration = LSTMClassifier.Configuration(
      vocabularySize: vocabulary, classCount: classes)
    configuration.embeddingWidth = embedding
    configuration.hiddenWidth = hidden
    configuration.layerCount = layers
    configuration.isBidirectional = isBidirectional
    configuration.pooling = pooling
    configuration.denseWidth = dense
    configuration.dropProbability = dropout
    configuration.padding = padding
    return LSTMClassifier(configuration)
  }
}
