import Diagnostics
import Metrics
import Pipelines
import Tensors

/// One kind of model: everything the program knows of it.
///
/// A new kind is a folder beside this file and a line in `ModelCatalog.standard`. `train` reads its
/// options and trains it; all else finds it by the name that a model artifact gives itself.
package protocol ModelKind: Sendable {
  /// The value of `model` in a definition, and the name in its artifacts.
  static var name: String { get }
  /// Its paragraph in the manual of `train`; empty where its options say enough.
  static var manual: String { get }

  /// Whether it can learn from features of rows as well as from their ids.
  static var readsFeatures: Bool { get }

  /// Declares and reads the options of the model and of its training.
  init(from options: inout StageOptions)

  /// The metrics by which it is evaluated, the most important first.
  static var metrics: [Metric] { get }

  /// The outputs of its training: a model, and others such as a history.
  var outputs: [Port] { get }

  /// The memory its training needs, as far as its options say; the least that it needs first.
  ///
  /// - Parameter longestRow: the most tokens in a row, where that is known.
  func memoryDemands(longestRow: Int?) -> [MemoryDemand]

  /// Trains it and commits every output.
  func train(_ training: StagedTraining) throws(Diagnostic) -> StageOutcome

  /// What `show` shows of a trained model besides its configuration, layers and chains of text.
  static func details(of model: StoredModel) throws(Diagnostic) -> [ModelDetail]
}

extension ModelKind {
  package static var manual: String { "" }
  package static var readsFeatures: Bool { false }
  package func memoryDemands(longestRow: Int?) -> [MemoryDemand] { [] }
  package static func details(of model: StoredModel) throws(Diagnostic) -> [ModelDetail] { [] }
}

/// A kind of model that learns from labels and answers a text with probabilities of classes.
package protocol ClassifierKind: ModelKind {
  /// Reads a trained model of this kind.
  ///
  /// - Parameter precision: of the products with weights of a network.
  static func classifier(
    _ model: StoredModel, in precision: Precision
  ) throws(Diagnostic) -> any TrainedClassifier
}

extension ClassifierKind {
  package static var metrics: [Metric] { Metric.ofClasses }
}

/// A kind of model that learns from pairs and answers a text with a text.
package protocol TranslatorKind: ModelKind {
  /// Reads a trained model of this kind.
  static func translator(_ model: StoredModel) throws(Diagnostic) -> TranslationModel
}

extension TranslatorKind {
  package static var metrics: [Metric] { Metric.ofPairs }
}
