import Chains
import Datasets
import Diagnostics
import Formats
import Models
import Pipelines
import Tensors
import Training

/// A kind of classifier whose network is trained in batches of rows of ids.
///
/// A conforming type gives its options, its network, and the network's configuration. Labels, class
/// weights, validation and prediction are implemented here for all.
package protocol NetworkClassifierKind: ClassifierKind {
  associatedtype Network: Classifier

  var training: ClassifierTraining { get }

  /// The network for rows with so many different ids and classes.
  func network(vocabularySize: Int, classCount: Int, padding: Int) -> Network

  /// The network for some rows, which may take from them what is not trained.
  ///
  /// - Parameter chain: the chain whose vocabulary numbers their words.
  /// - Throws: when it cannot read them.
  func network(
    for rows: Dataset, numberedBy chain: TextChain, cores: Int
  ) throws(Diagnostic) -> Network

  /// What changes drawn weights of a network before the first step; nil for nothing.
  func change(
    of network: Network, for rows: Dataset, numberedBy chain: TextChain, in work: StageWork
  ) -> BatchTraining.Change?

  /// What a network has of its rows besides weights; nil: nothing.
  static func knowledge(of network: Network) -> (any ModelTensors & Sendable)?

  /// The configuration of a network, as a model artifact stores it.
  static func configuration(of network: Network) -> JSONValue

  /// The network of a configuration; nil when no network can have it.
  static func network(_ configuration: JSONValue) -> Network?

  /// The network of a stored model; nil when no network can have its configuration.
  static func network(of model: StoredModel) throws(Diagnostic) -> Network?
}

extension NetworkClassifierKind {
  package var outputs: [Port] { BatchTraining.outputs }

  package func network(
    for rows: Dataset, numberedBy chain: TextChain, cores: Int
  ) throws(Diagnostic) -> Network {
    let column = rows.columns[0]
    return network(
      vocabularySize: column.vocabularySize, classCount: rows.classNames.count,
      padding: Int(column.padding))
  }

  package static func knowledge(of network: Network) -> (any ModelTensors & Sendable)? { nil }

  package static func network(of model: StoredModel) throws(Diagnostic) -> Network? {
    network(model.configuration)
  }

  package func memoryDemands(longestRow: Int?) -> [MemoryDemand] {
    MemoryDemand.demands(
      training: network(vocabularySize: 1, classCount: 1, padding: 0), training.batches.options,
      longestRow: longestRow)
  }

  package func change(
    of network: Network, for rows: Dataset, numberedBy chain: TextChain, in work: StageWork
  ) -> BatchTraining.Change? {
    training.vectors?.change(for: rows, numberedBy: chain, in: work)
  }

  package func train(_ staged: StagedTraining) throws(Diagnostic) -> StageOutcome {
    try trainOnIDs(staged)
  }

  /// Trains the network on rows of ids and commits every output.
  func trainOnIDs(_ staged: StagedTraining) throws(Diagnostic) -> StageOutcome {
    let rows = try staged.labelledRows()
    let validRows = try staged.labelledValidRows(like: rows)
    let blas = try OpenBLAS.load()
    let chain = try staged.chain(column: rows.columns[0].name)
    var network = try network(for: rows, numberedBy: chain, cores: staged.work.cores)
    network.classWeights = training.weighting.weights(of: rows)
    try network.checkLengths(of: rows, in: "\(staged.from.source)")
    if let validRows, let valid = staged.valid {
      try network.checkLengths(of: validRows, in: "\(valid.source)")
    }
    let artifact = ModelArtifact(
      of: Self.self, configuration: Self.configuration(of: network),
      texts: .classification(source: chain, classNames: rows.classNames),
      knowledge: Self.knowledge(of: network))
    return try training.batches.run(
      network, rows.classification(), as: artifact, in: staged, unit: .rows,
      answerCount: rows.classNames.count, blas: blas,
      changing: change(of: network, for: rows, numberedBy: chain, in: staged.work)
    ) { [network] (weights) throws(Diagnostic) in
      guard let validRows else { return [:] }
      return try ClassificationTally(
        NetworkClassifier(network, weights, blas), on: validRows, cores: staged.work.cores
      ).scores(watching: training.batches.options.monitor.score)
    }
  }

  package static func classifier(
    _ model: StoredModel, in precision: Precision
  ) throws(Diagnostic) -> any TrainedClassifier {
    try classifierOfIDs(model, in: precision)
  }

  /// Reads a trained model whose network reads ids.
  static func classifierOfIDs(
    _ model: StoredModel, in precision: Precision
  ) throws(Diagnostic) -> any TrainedClassifier {
    guard let network = try network(of: model), network.padding < network.vocabularySize
    else {
      throw Diagnostic(.misshapen(model))
    }
    try model.checkVocabulary(of: model.texts.source, has: network.vocabularySize)
    return NetworkClassifier(
      network, try ParameterBuffer(network.layout, from: model.tensors), in: precision,
      try OpenBLAS.load())
  }
}

extension Classifier {
  /// - Throws: when a row is longer than the network reads.
  fileprivate func checkLengths(of rows: Dataset, in name: String) throws(Diagnostic) {
    guard let row = rows.lengths[0].firstIndex(where: { Int($0) > longestRow }) else { return }
    let number = try rows.number(ofRow: row)
    throw Diagnostic(
      .tooLong(number, of: name, tokens: Int(rows.lengths[0][row]), longest: longestRow))
  }
}

extension Diagnostic.Message {
  fileprivate static func tooLong(
    _ row: Int64, of name: String, tokens: Int, longest: Int
  ) -> Self {
    Self(
      "row \(row) of '\(name)' has \(Spelling.count(tokens)) tokens, and the network reads"
        + " \(Spelling.count(longest))",
      remedy: "shorten rows: give the tokenize stage of an encoder a lower max-tokens")
  }
}
