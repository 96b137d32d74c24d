import Artifacts
import Datasets
import Diagnostics
import Layers
import Models
import Tensors
import Text
import Training

/// A trained classifier with its own chain: raw text in, probabilities out.
package struct TextClassifier {
  /// What the model says of a text.
  package struct Prediction: Hashable, Sendable {
    /// Every class with its probability, the likeliest first.
    package let classes: [(name: String, probability: Float)]

    package static func == (a: Self, b: Self) -> Bool {
      a.classes.elementsEqual(b.classes, by: ==)
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(classes.first?.name) }
  }

  package let classNames: [String]
  private let model: LSTMClassifier
  private let weights: ParameterBuffer
  private var chain: RecalledChain
  private let tape: Tape

  /// Reads a model that the train stage wrote.
  package init(_ file: MappedFile, named name: String) throws(Diagnostic) {
    let tensors = try SafetensorsFile(file)
    let artifact = try ModelArtifact(tensors)
    guard let configuration = LSTMClassifier.Configuration(json: artifact.architecture),
      configuration.classCount == artifact.texts.classNames.count
    else { throw Diagnostic(.notAClassifier(name)) }
    tape = Tape(try OpenBLAS.load())
    model = LSTMClassifier(configuration)
    weights = try ParameterBuffer(model.layout, from: tensors)
    chain = try RecalledChain(artifact.texts.source, model: name)
    classNames = artifact.texts.classNames
    guard chain.vocabulary.count == configuration.vocabularySize,
      configuration.padding < configuration.vocabularySize
    else { throw Diagnostic(.notAClassifier(name)) }
  }

  /// What the model says of a raw text.
  package mutating func classify(_ text: String) -> Prediction {
    let padding = Int32(model.configuration.padding)
    let all = chain.ids(of: text)
    let real = realRange(of: all.span, padding: padding)
    let ids = real.isEmpty ? [padding] : Array(all[real])
    let batch = ClassificationBatch(
      tokens: ids, width: ids.count, lengths: [Int32(ids.count)], labels: [0])
    let probabilities = model.predict(batch, parameters: weights, on: tape).span
    let classes = classNames.indices.map { (classNames[$0], probabilities[$0]) }
    return Prediction(
      classes: classes.sorted { $0.1 > $1.1 }.map { (name: $0.0, probability: $0.1) })
  }
}

extension Diagnostic.Message {
  static func notAClassifier(_ name: String) -> Self {
    Self(
      "'\(name)' is no classifier", remedy: "name a train stage with model = \"lstm-classifier\"")
  }
}
