import Diagnostics
import Formats
import Models
import Pipelines

/// The convolutional classifier as a kind of model: its options and its configuration.
package struct CNNClassifierKind: NetworkClassifierKind {
  package static let name = "cnn"
  package static let manual = """
    cnn reads every window of a few words with the same filters and keeps the largest answer of each
    (Kim 2014). The paper trains with optimizer = "adadelta", batch-size = 50, dropout = 0.5 and
    max-norm = 3. Its variants: rand is this; non-static has word vectors of another program to begin
    with; static keeps them, by freeze = "embedding.*"; multichannel = true has them twice, one of
    which is kept.
    """

  private static let mapRange = 1...65_536
  private static let filterRange = 1...64

  /// The configuration, still without the numbers of words and classes.
  private let template: CNNClassifier.Configuration
  package let training: ClassifierTraining

  package init(from options: inout StageOptions) {
    var template = CNNClassifier.Configuration(vocabularySize: 1, classCount: 1)
    template.embeddingWidth = options.integer(
      "embedding", default: template.embeddingWidth, in: Self.mapRange, "width of the word vectors")
    template.filterWidths = options.widths(
      "widths", default: template.filterWidths, in: Self.filterRange,
      "the words that the filters of each kind read")
    if template.filterWidths.isEmpty {
      options.reject("widths", .noFilters)
      template.filterWidths = [1]
    }
    template.mapCount = options.integer(
      "maps", default: template.mapCount, in: Self.mapRange, "filters of each width")
    template.isMultichannel = options.flag(
      "multichannel", default: false,
      "whether filters read, beside the vectors that are learnt, others that stay as they start")
    template.dropProbability = options.float(
      "dropout", default: 0.5, in: .from(0, below: 1),
      "the share of the filters' answers dropped before the classes")
    let norm = options.float(
      "max-norm", default: 0, in: .atLeast(0),
      "the largest norm of a class's weights, to which longer ones are shortened; 0 for no limit")
    template.largestNorm = norm > 0 ? norm : nil
    self.template = template
    training = ClassifierTraining(from: &options) { CNNClassifier(template).layout }
  }

  package func network(vocabularySize: Int, classCount: Int, padding: Int) -> CNNClassifier {
    var configuration = template
    configuration.vocabularySize = vocabularySize
    configuration.classCount = classCount
    configuration.padding = padding
    return CNNClassifier(configuration)
  }

  package static func configuration(of network: CNNClassifier) -> JSONValue {
    let configuration = network.configuration
    return [
      "vocabulary": .integer(configuration.vocabularySize),
      "classes": .integer(configuration.classCount),
      "embedding": .integer(configuration.embeddingWidth),
      "widths": .array(configuration.filterWidths.map { .integer($0) }),
      "maps": .integer(configuration.mapCount),
      "multichannel": .bool(configuration.isMultichannel),
      "dropout": .number(Double(configuration.dropProbability)),
      "max-norm": .number(Double(configuration.largestNorm ?? 0)),
      "padding": .integer(configuration.padding),
    ]
  }

  package static func network(_ json: JSONValue) -> CNNClassifier? {
    guard let vocabulary = json.size("vocabulary"), let classes = json.size("classes"),
      let embedding = json.size("embedding"),
      let widths = StageOptions.widths(json["widths"], in: filterRange), !widths.isEmpty,
      let maps = json.size("maps"), mapRange.contains(maps),
      let isMultichannel = json["multichannel"]?.boolValue, let dropout = json.share("dropout"),
      let norm = json["max-norm"]?.doubleValue.flatMap(NumberRange.atLeast(0).single),
      let padding = json.size("padding", from: 0), padding < vocabulary
    else { return nil }
    var configuration = CNNClassifier.Configuration(vocabularySize: vocabulary, classCount: classes)
    configuration.embeddingWidth = embedding
    configuration.filterWidths = widths
    configuration.mapCount = maps
    configuration.isMultichannel = isMultichannel
    configuration.dropProbability = dropout
    configuration.largestNorm = norm > 0 ? norm : nil
    configuration.padding = padding
    return CNNClassifier(configuration)
  }
}

extension Diagnostic.Message {
  fileprivate static let noFilters = Self(
    "widths names no filter", remedy: "write widths = [3, 4, 5]")
}
