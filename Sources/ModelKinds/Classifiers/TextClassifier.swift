import Chains
import Diagnostics
import Files

/// A trained classifier with its own chain: raw text in, probabilities out.
package struct TextClassifier {
  /// The prediction for a text.
  package struct Prediction: Hashable, Sendable {
    /// Every class with its probability, the likeliest first.
    package let classes: [(name: String, probability: Float)]

    package static func == (a: Self, b: Self) -> Bool {
      a.classes.elementsEqual(b.classes, by: ==)
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(classes.first?.name) }
  }

  package let classNames: [String]
  private let classifier: any TrainedClassifier
  private var chain: ChainEncoder

  /// Reads a model that the train stage wrote.
  package init(
    _ file: MappedFile, named name: String, in models: ModelCatalog
  ) throws(Diagnostic) {
    let model = try StoredModel(file, named: name, in: models)
    classifier = try model.classifier()
    chain = try ChainEncoder(model.texts.source, model: name)
    classNames = model.texts.classNames
  }

  /// The prediction for a raw text.
  package mutating func classify(_ text: String) -> Prediction {
    let probabilities = classifier.classify(text, through: &chain)
    let classes = classNames.indices.map { (classNames[$0], probabilities[$0]) }
    return Prediction(
      classes: classes.sorted { $0.1 > $1.1 }.map { (name: $0.0, probability: $0.1) })
  }
}
