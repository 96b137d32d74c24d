import Chains
import Diagnostics
import Files
import Formats
import Tensors
import Text

/// A model artifact that was read, with its kind.
package struct StoredModel {
  /// The name that errors give.
  package let name: String
  package let kind: any ModelKind.Type
  package let tensors: SafetensorsFile
  private let artifact: ModelArtifact
  /// The catalogue that its kind was found in.
  package let models: ModelCatalog

  /// The configuration from which its kind makes the model.
  package var configuration: JSONValue { artifact.architecture }

  /// The chains of the texts that it reads and writes.
  package var texts: ModelTexts { artifact.texts }

  /// - Throws: when the file is no model, or one of a kind that is not in the catalogue.
  package init(
    _ file: MappedFile, named name: String, in models: ModelCatalog
  ) throws(Diagnostic) {
    let tensors = try SafetensorsFile(file)
    try self.init(
      ModelArtifact(tensors, stages: models.stages), tensors, named: name, in: models)
  }

  /// A model that is stored inside another one and reads the same texts.
  ///
  /// - Parameters:
  ///   - architecture: its name and configuration.
  ///   - prefix: what the names of its tensors begin with there.
  init(
    _ architecture: JSONValue, in model: StoredModel, tensorsBehind prefix: String
  ) throws(Diagnostic) {
    try self.init(
      ModelArtifact(architecture: architecture, texts: model.texts),
      model.tensors.tensors(behind: prefix), named: model.name, in: model.models)
  }

  private init(
    _ artifact: ModelArtifact, _ tensors: SafetensorsFile, named name: String,
    in models: ModelCatalog
  ) throws(Diagnostic) {
    guard let kind = models[artifact.kindName] else {
      throw Diagnostic(.unknownModel(name, artifact.kindName, among: models.names))
    }
    self.name = name
    self.kind = kind
    self.tensors = tensors
    self.artifact = artifact
    self.models = models
  }

  /// - Parameter precision: of the products with weights, where the classifier is a network.
  /// - Throws: when it is no classifier, or its weights have another shape than it says.
  package func classifier(
    in precision: Precision = .float32
  ) throws(Diagnostic) -> any TrainedClassifier {
    guard let kind = kind as? any ClassifierKind.Type else {
      let remedy = models.spelling { $0 is any ClassifierKind.Type }
      throw Diagnostic(.notOf("classifier", name, remedy))
    }
    let classifier = try kind.classifier(self, in: precision)
    guard classifier.classCount == texts.classNames.count else {
      throw Diagnostic(.misshapen(self))
    }
    return classifier
  }

  /// - Throws: when it is no translator, or its weights have another shape than it says.
  package func translator() throws(Diagnostic) -> TranslationModel {
    guard let kind = kind as? any TranslatorKind.Type else {
      let remedy = models.spelling { $0 is any TranslatorKind.Type }
      throw Diagnostic(.notOf("translator", name, remedy))
    }
    return try kind.translator(self)
  }

  /// Throws when the chain's vocabulary has not as many entries as the weights.
  func checkVocabulary(of chain: TextChain, has count: Int) throws(Diagnostic) {
    guard chain.entryCount == count else { throw Diagnostic(.misshapen(self)) }
  }

  /// The vocabulary of a chain, which must give just the ids that the weights are for.
  func vocabulary(of chain: TextChain, has count: Int) throws(Diagnostic) -> Vocabulary {
    try checkVocabulary(of: chain, has: count)
    return try Vocabulary(lines: chain.vocabulary.span, file: "\(name) (vocabulary)")
  }

  /// The format in which models of its kind are exported to other programs.
  ///
  /// - Throws: when there is none.
  package var export: any ModelExport.Type {
    get throws(Diagnostic) {
      if let export = models.export(of: kind) { return export }
      let remedy = models.spelling { models.export(of: $0) != nil }
      throw Diagnostic(.noExport(name, kind.name, remedy))
    }
  }
}

extension Diagnostic.Message {
  /// The error for a model artifact whose configuration does not fit its content.
  package static func misshapen(_ model: StoredModel) -> Self {
    Self(
      "'\(model.name)' says that it is a model of kind '\(model.kind.name)', but no such model has"
        + " its configuration",
      remedy: "train it again")
  }

  fileprivate static func unknownModel(
    _ name: String, _ kind: String, among kinds: [String]
  ) -> Self {
    Self(
      "'\(name)' is a model of kind '\(kind)', which this program does not have",
      remedy: "the kinds are \(kinds.joined(separator: ", ")); use the version that made it")
  }

  fileprivate static func notOf(_ task: String, _ name: String, _ models: String) -> Self {
    Self("'\(name)' is no \(task)", remedy: "name a train stage with \(models)")
  }

  fileprivate static func noExport(_ name: String, _ kind: String, _ models: String) -> Self {
    Self(
      "'\(name)' cannot be exported: there is no form of '\(kind)' for other programs",
      remedy: "name a train stage with \(models)")
  }
}
