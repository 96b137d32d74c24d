import Artifacts
import Models
import Pipelines

/// The options of an LSTM classifier, before the data says how many words and classes there are.
struct LSTMClassifierOptions: Sendable {
  private var template = LSTMClassifier.Configuration(vocabularySize: 1, classCount: 1)

  init(from options: inout StageOptions) {
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
  }

  func configuration(vocabularySize: Int, classCount: Int) -> LSTMClassifier.Configuration {
    var configuration = template
    configuration.vocabularySize = vocabularySize
    configuration.classCount = classCount
    return configuration
  }
}

extension LSTMClassifier.Configuration {
  static let name = "lstm-classifier"

  var json: JSONValue {
    [
      "model": .string(Self.name), "vocabulary": .integer(vocabularySize),
      "classes": .integer(classCount), "embedding": .integer(embeddingWidth),
      "hidden": .integer(hiddenWidth), "layers": .integer(layerCount),
      "bidirectional": .bool(isBidirectional), "pooling": .string(pooling.rawValue),
      "dense": .integer(denseWidth), "dropout": .number(Double(dropProbability)),
      "padding": .integer(padding),
    ]
  }

  /// Reads what `json` wrote; nil when it is another model's, or no model could have these widths.
  init?(json: JSONValue) {
    func size(_ name: String, from minimum: Int) -> Int? {
      json[name]?.intValue.flatMap { (minimum...100_000_000).contains($0) ? $0 : nil }
    }
    guard json["model"]?.stringValue == Self.name, let vocabulary = size("vocabulary", from: 1),
      let classes = size("classes", from: 1), let embedding = size("embedding", from: 1),
      let hidden = size("hidden", from: 1), let layers = size("layers", from: 1), layers <= 64,
      let isBidirectional = json["bidirectional"]?.boolValue,
      let pooling = json["pooling"]?.stringValue.flatMap(LSTMClassifier.Pooling.init),
      let dense = size("dense", from: 0), let dropout = json.share("dropout"),
      let padding = size("padding", from: 0)
    else { return nil }
    self.init(vocabularySize: vocabulary, classCount: classes)
    embeddingWidth = embedding
    hiddenWidth = hidden
    layerCount = layers
    self.isBidirectional = isBidirectional
    self.pooling = pooling
    denseWidth = dense
    dropProbability = dropout
    self.padding = padding
  }
}
