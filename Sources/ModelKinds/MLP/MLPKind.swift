import Formats
import Models
import Pipelines
import Tensors

/// The multilayer perceptron as a kind of model: its options and its configuration.
package struct MLPKind: NetworkClassifierKind {
  package static let name = "mlp"
  package static let manual = """
    mlp is a multilayer perceptron over the mean of a row's word vectors. It does not see the order
    of the words.
    """

  private static let widthRange = 1...65_536

  /// The configuration, still without the numbers of words and classes.
  private let template: MLP.Configuration
  package let training: ClassifierTraining

  package init(from options: inout StageOptions) {
    var template = MLP.Configuration(vocabularySize: 1, classCount: 1)
    template.embeddingWidth = options.integer(
      "embedding", default: template.embeddingWidth, in: Self.widthRange,
      "width of the word vectors")
    template.hiddenWidths = options.widths(
      "hidden", default: template.hiddenWidths, in: Self.widthRange,
      "widths of the dense layers before the classes; [] for none")
    template.activation = options.choice(
      "activation", default: template.activation, "what squashes the values of a dense layer")
    template.dropProbability = options.float(
      "dropout", default: 0.2, in: .from(0, below: 1),
      "the share of values dropped of the mean and after each dense layer")
    self.template = template
    training = ClassifierTraining(from: &options) { MLP(template).layout }
  }

  package func network(vocabularySize: Int, classCount: Int, padding: Int) -> MLP {
    var configuration = template
    configuration.vocabularySize = vocabularySize
    configuration.classCount = classCount
    configuration.padding = padding
    return MLP(configuration)
  }

  package static func configuration(of network: MLP) -> JSONValue {
    let configuration = network.configuration
    return [
      "vocabulary": .integer(configuration.vocabularySize),
      "classes": .integer(configuration.classCount),
      "embedding": .integer(configuration.embeddingWidth),
      "hidden": .array(configuration.hiddenWidths.map { .integer($0) }),
      "activation": .string(configuration.activation.rawValue),
      "dropout": .number(Double(configuration.dropProbability)),
      "padding": .integer(configuration.padding),
    ]
  }

  package static func network(_ json: JSONValue) -> MLP? {
    guard let vocabulary = json.size("vocabulary"), let classes = json.size("classes"),
      let embedding = json.size("embedding"),
      let hidden = StageOptions.widths(json["hidden"], in: widthRange),
      let activation = json["activation"]?.stringValue.flatMap(ActivationFunction.init),
      let dropout = json.share("dropout"), let padding = json.size("padding", from: 0),
      padding < vocabulary
    else { return nil }
    var configuration = MLP.Configuration(vocabularySize: vocabulary, classCount: classes)
    configuration.embeddingWidth = embedding
    configuration.hiddenWidths = hidden
    configuration.activation = activation
    configuration.dropProbability = dropout
    configuration.padding = padding
    return MLP(configuration)
  }
}
