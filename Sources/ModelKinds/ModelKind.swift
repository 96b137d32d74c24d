import Diagnostics
import Metrics
import Pipelines

/// One kind of model: everything the program knows of it.
///
/// A new kind is a folder beside this file and a line in `ModelCatalog.standard`. `train` reads its
/// options and trains it; all else finds it by the name that a model artifact gives itself.
package protocol ModelKind: Sendable {
  /// What `model` calls it in a definition, and what its artifacts call themselves.
  static var name: String { get }
  /// What the manual of `train` says of it; empty where its options say enough.
  static var manual: String { get }

  /// Declares and reads the options of the model and of its training.
  init(from options: inout StageOptions)

  /// What it is scored by where it is evaluated, the most telling first.
  static var metrics: [Metric] { get }

  /// What its training leaves: a model, and whatever else is of use to somebody.
  var outputs: [Port] { get }

  /// What its training needs at the least, as far as its options say; nil when that is little.
  var memoryDemand: MemoryDemand? { get }

  /// Trains it, in whatever way, and commits every output.
  func train(_ training: StagedTraining) throws(Diagnostic) -> StageOutcome

  /// What a trained model shows besides its configuration, its layers and its chains of text.
  static func details(of model: StoredModel) throws(Diagnostic) -> [ModelDetail]
}

extension ModelKind {
  package static var manual: String { "" }
  package var memoryDemand: MemoryDemand? { nil }
  package static func details(of model: StoredModel) throws(Diagnostic) -> [ModelDetail] { [] }
}

/// A kind of model that learns from labels and answers a text with probabilities of classes.
package protocol ClassifierKind: ModelKind {
  /// Reads a trained model of this kind.
  static func classifier(_ model: StoredModel) throws(Diagnostic) -> any TrainedClassifier
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
