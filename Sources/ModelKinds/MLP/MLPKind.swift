import Chains
import Datasets
import Diagnostics
import Formats
import LinearModels
import Models
import Pipelines
import Tensors
import Text
import Training

/// The multilayer perceptron as a kind of model: its options and its configuration.
package struct MLPKind: NetworkClassifierKind {
  package static let name = "mlp"
  package static let manual = """
    mlp is a multilayer perceptron over the mean of a row's word vectors. It does not see the order
    of the words. features = "tfidf" has its first dense layer read the n-grams of the row, weighed as
    logistic-regression weighs them; it has weights for each n-gram, so that size limits them. Where
    from are features of an encode stage, the first dense layer reads these.
    """
  package static let readsFeatures = true

  /// What is read of a row.
  private enum Features: String, CaseIterable {
    case mean, tfidf
  }

  /// As many n-grams as words of a usual vocabulary.
  private static let standardSize = 20_000

  private static let widthRange = 1...65_536

  /// The configuration, still without the numbers of words and classes.
  private let template: MLP.Configuration
  /// Nil where the mean of word vectors is read.
  private let ngrams: TFIDFOptions?
  package let training: ClassifierTraining

  package init(from options: inout StageOptions) {
    var template = MLP.Configuration(vocabularySize: 1, classCount: 1)
    template.readsFeatures = options.learnsFromFeatures
    let readsIDs = options.learnsFromIDs
    let features = options.under(readsIDs) { options in
      options.added { options in
        options.choice(
          "features", default: Features.mean,
          "what the first dense layer reads: the mean of a row's word vectors, or tfidf of its n-grams"
        )
      }
    }
    template.embeddingWidth = options.under(readsIDs) { options in
      options.under(OptionCondition("features", features, isOneOf: [.mean])) { options in
        options.integer(
          "embedding", default: template.embeddingWidth, in: Self.widthRange,
          "width of the word vectors")
      }
    }
    let ngrams = options.added { options in
      options.under(OptionCondition("features", features, isOneOf: [.tfidf])) { options in
        TFIDFOptions(from: &options, standardSize: Self.standardSize)
      }
    }
    self.ngrams = features == .tfidf ? ngrams : nil
    template.hiddenWidths = options.widths(
      "hidden", default: template.hiddenWidths, in: Self.widthRange,
      "widths of the dense layers before the classes; [] for none")
    template.activation = options.choice(
      "activation", default: template.activation, "what squashes the values of a dense layer")
    // GELU came to be computed in vectors, and what is trained with it differs in its last digits.
    if template.activation == .gelu { options.key("gelu", .text("vectors")) }
    template.dropProbability = options.float(
      "dropout", default: 0.2, in: .from(0, below: 1),
      "the share of values dropped of the mean and after each dense layer")
    self.template = template
    let unread = self.ngrams == nil ? nil : NGramInput.unread
    training = ClassifierTraining(from: &options) { MLP(template, ngrams: unread).layout }
    if features == .tfidf {
      for name in ["start", "start-folder"] where options.isGiven(name) {
        options.reject(name, .numberedAnew)
      }
    }
  }

  package func network(vocabularySize: Int, classCount: Int, padding: Int) -> MLP {
    let unread = ngrams == nil ? nil : NGramInput.unread
    return network(vocabularySize, classCount, padding, unread)
  }

  package func network(
    for rows: Dataset, numberedBy chain: TextChain, cores: Int
  ) throws(Diagnostic) -> MLP {
    var input: NGramInput?
    if let ngrams {
      let reading = TokenReading(
        try Vocabulary(lines: chain.vocabulary.span, file: "vocabulary"), ignoresCase: false)
      let counts = try ngrams.counts(of: rows, readBy: reading, cores: cores)
      input = NGramInput(ngrams.features(by: counts), tokens: reading.numbers)
    }
    let column = rows.columns[0]
    return network(
      column.vocabularySize, rows.classNames.count, Int(column.padding), input)
  }

  private func network(
    _ vocabularySize: Int, _ classCount: Int, _ padding: Int, _ ngrams: NGramInput?
  ) -> MLP {
    var configuration = template
    configuration.vocabularySize = vocabularySize
    configuration.classCount = classCount
    configuration.padding = padding
    return MLP(configuration, ngrams: ngrams)
  }

  package func train(_ staged: StagedTraining) throws(Diagnostic) -> StageOutcome {
    template.readsFeatures ? try trainOnFeatures(staged) : try trainOnIDs(staged)
  }

  private func trainOnFeatures(_ staged: StagedTraining) throws(Diagnostic) -> StageOutcome {
    let learning = try FeatureLearning(staged)
    let (rows, blas) = (learning.rows, try OpenBLAS.load())
    var configuration = template
    configuration.vocabularySize = rows.columns[0].vocabularySize
    configuration.classCount = rows.classNames.count
    configuration.padding = Int(rows.columns[0].padding)
    configuration.embeddingWidth = learning.width
    var network = MLP(configuration)
    network.classWeights = training.weighting.weights(of: rows)
    let validRows = try staged.labelledValidRows(like: rows)
    return try training.batches.run(
      network, rows.classification(),
      as: learning.model(of: Self.self, Self.configuration(of: network).objectValue ?? []),
      in: staged, unit: .rows, answerCount: rows.classNames.count, blas: blas
    ) { [network] (weights) throws(Diagnostic) in
      guard let validRows else { return [:] }
      return try ClassificationTally(
        learning.classifier(NetworkHead(network, weights, blas)), on: validRows,
        cores: staged.work.cores
      ).scores(watching: training.batches.options.monitor.score)
    }
  }

  package static func classifier(
    _ model: StoredModel, in precision: Precision
  ) throws(Diagnostic) -> any TrainedClassifier {
    let ofFeatures = try FeatureLearning.classifier(model, in: precision) {
      (width) throws(Diagnostic) in
      guard let network = network(model.configuration),
        network.configuration.embeddingWidth == width
      else { throw Diagnostic(.misshapen(model)) }
      return NetworkHead(
        network, try ParameterBuffer(network.layout, from: model.tensors), in: precision,
        try OpenBLAS.load())
    }
    if let ofFeatures { return ofFeatures }
    return try classifierOfIDs(model, in: precision)
  }

  package static func details(of model: StoredModel) throws(Diagnostic) -> [ModelDetail] {
    try FeatureLearning.detail(of: model).map { [$0] } ?? []
  }

  package static func knowledge(of network: MLP) -> (any ModelTensors & Sendable)? {
    network.ngrams.map { NGramTensors($0.features) }
  }

  package static func configuration(of network: MLP) -> JSONValue {
    let configuration = network.configuration
    let input =
      network.ngrams.map { NGramTensors($0.features).configuration }
      ?? [.init("embedding", .integer(configuration.embeddingWidth))]
    return .object(
      [
        .init("vocabulary", .integer(configuration.vocabularySize)),
        .init("classes", .integer(configuration.classCount)),
      ] + input + [
        .init("hidden", .array(configuration.hiddenWidths.map { .integer($0) })),
        .init("activation", .string(configuration.activation.rawValue)),
        .init("dropout", .number(Double(configuration.dropProbability))),
        .init("padding", .integer(configuration.padding)),
      ])
  }

  package static func network(of model: StoredModel) throws(Diagnostic) -> MLP? {
    guard model.configuration["ngrams"] != nil else { return network(model.configuration) }
    guard let configuration = configuration(model.configuration) else { return nil }
    let vocabulary = try model.vocabulary(
      of: model.texts.source, has: configuration.vocabularySize)
    return MLP(
      configuration,
      ngrams: NGramInput(
        try NGramTensors(model).features,
        tokens: TokenReading(vocabulary, ignoresCase: false).numbers))
  }

  package static func network(_ json: JSONValue) -> MLP? {
    guard let embedding = json.size("embedding"), var configuration = configuration(json) else {
      return nil
    }
    configuration.embeddingWidth = embedding
    configuration.readsFeatures = json[RowEncoder.name] != nil
    return MLP(configuration)
  }

  /// All but what is read of a row.
  private static func configuration(_ json: JSONValue) -> MLP.Configuration? {
    guard let vocabulary = json.size("vocabulary"), let classes = json.size("classes"),
      let hidden = StageOptions.widths(json["hidden"], in: widthRange),
      let activation = json["activation"]?.stringValue.flatMap(ActivationFunction.init),
      let dropout = json.share("dropout"), let padding = json.size("padding", from: 0),
      padding < vocabulary
    else { return nil }
    var configuration = MLP.Configuration(vocabularySize: vocabulary, classCount: classes)
    configuration.hiddenWidths = hidden
    configuration.activation = activation
    configuration.dropProbability = dropout
    configuration.padding = padding
    return configuration
  }
}

extension NGramInput {
  /// Stands in where only the names of parameters are asked for.
  fileprivate static let unread = NGramInput(
    NGramFeatures(.hashing(NGramHashing(lengths: 1...1, bucketCount: 1)), .presence), tokens: [])
}

extension Diagnostic.Message {
  fileprivate static let numberedAnew = Self(
    "training cannot start from a model of n-grams, which each training numbers anew",
    remedy: "leave it out, or choose features = \"mean\"")
}
