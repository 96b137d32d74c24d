import Formats
import Models
import Pipelines
import Tensors

/// The recurrent classifier as a kind of model: its options and its configuration.
package struct LSTMClassifierKind: NetworkClassifierKind {
  package static let name = "lstm-classifier"
  package static let manual = """
    lstm-classifier reads a row word by word. cell = "gru" puts gated recurrent units in the place of
    the LSTM cells. pooling = "attention" weighs the states of a row by how well
    tanh(W · state + b) fits a query, all of which is learnt.
    """

  /// The configuration, still without the numbers of words and classes.
  private let template: LSTMClassifier.Configuration
  package let training: ClassifierTraining

  package init(from options: inout StageOptions) {
    var template = LSTMClassifier.Configuration(vocabularySize: 1, classCount: 1)
    template.embeddingWidth = options.integer(
      "embedding", default: 64, in: 1...65_536, "width of the word vectors")
    template.hiddenWidth = options.integer(
      "hidden", default: 64, in: 1...65_536, "cells of each direction")
    template.layerCount = options.integer("layers", default: 1, in: 1...64, "layers of cells")
    template.isBidirectional = options.flag(
      "bidirectional", default: true, "whether other cells read from the end as well")
    template.pooling = options.choice(
      "pooling", default: LSTMClassifier.Pooling.last,
      "what becomes of a row's states: the last ones, or over time their maximum or mean, or a mean"
        + " by weights that are learnt")
    template.denseWidth = options.integer(
      "dense", default: 0, in: 0...65_536, "width of a ReLU layer before the classes; 0 for none")
    template.dropProbability = options.float(
      "dropout", default: 0.2, in: .from(0, below: 1),
      "the share of values dropped after the embedding, between layers and before the classes")
    template.cell = options.added {
      $0.choice("cell", default: RecurrentCell.lstm, "what the cells are")
    }
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
    var members: [JSONValue.Member] = [
      .init("vocabulary", .integer(configuration.vocabularySize)),
      .init("classes", .integer(configuration.classCount)),
      .init("embedding", .integer(configuration.embeddingWidth)),
      .init("hidden", .integer(configuration.hiddenWidth)),
      .init("layers", .integer(configuration.layerCount)),
      .init("bidirectional", .bool(configuration.isBidirectional)),
      .init("pooling", .string(configuration.pooling.rawValue)),
      .init("dense", .integer(configuration.denseWidth)),
      .init("dropout", .number(Double(configuration.dropProbability))),
      .init("padding", .integer(configuration.padding)),
    ]
    // A model of LSTM cells is stored as it was before there were others.
    if configuration.cell != .lstm {
      members.append(.init("cell", .string(configuration.cell.rawValue)))
    }
    return .object(members)
  }

  package static func network(_ json: JSONValue) -> LSTMClassifier? {
    guard let vocabulary = json.size("vocabulary"), let classes = json.size("classes"),
      let embedding = json.size("embedding"), let hidden = json.size("hidden"),
      let layers = json.size("layers"), layers <= 64,
      let isBidirectional = json["bidirectional"]?.boolValue,
      let pooling = json["pooling"]?.stringValue.flatMap(LSTMClassifier.Pooling.init),
      let dense = json.size("dense", from: 0), let dropout = json.share("dropout"),
      let padding = json.size("padding", from: 0), padding < vocabulary,
      let cell = RecurrentCell(rawValue: json["cell"]?.stringValue ?? RecurrentCell.lstm.rawValue)
    else { return nil }
    var configuration = LSTMClassifier.Configuration(
      vocabularySize: vocabulary, classCount: classes)
    configuration.cell = cell
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
