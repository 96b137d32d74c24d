import Chains
import Cores
import Diagnostics
import Files
import Tensors
import Text

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
  private let chains: ChainPool
  private let cores: Int
  /// Pieces as people read them.
  private let shown: ([String]) -> [String]
  /// How many texts were longer than the model can read here, so that their ends were not.
  package private(set) var cutCount = 0

  /// Reads a model that the train stage wrote.
  package init(
    _ file: MappedFile, named name: String, in models: ModelCatalog,
    computing precision: Precision = .float32, cores: Int = 1
  ) throws(Diagnostic) {
    try self.init(
      StoredModel(file, named: name, in: models), computing: precision, cores: cores)
  }

  /// - Parameters:
  ///   - taken: how many of the first steps of the model's chain texts have been through.
  ///   - precision: of the products with weights of a network.
  package init(
    _ model: StoredModel, after taken: Int = 0, computing precision: Precision = .float32,
    cores: Int
  ) throws(Diagnostic) {
    classifier = try model.classifier(in: precision)
    chain = try ChainEncoder(model.texts.source, after: taken, model: model.name)
    chains = ChainPool(chain)
    classNames = model.texts.classNames
    shown = model.texts.source.shown
    self.cores = cores
  }

  /// How many tokens of a text are read at most.
  package var longestText: Int { classifier.longestRow }

  /// Whether there is a token in the text that the model's vocabulary has.
  package mutating func knows(_ text: String) -> Bool {
    let unknown = chain.vocabulary.id(of: .unknown)
    return chain.ids(of: text.utf8).contains { Int($0) != unknown }
  }

  /// The prediction for a text.
  package mutating func classify(_ text: String) -> Prediction {
    let ids = chain.ids(of: text.utf8).prefix(longestText)
    let probabilities = classifier.probabilities(of: Array(ids))
    let classes = classNames.indices.map { (classNames[$0], probabilities[$0]) }
    return Prediction(
      classes: classes.sorted { $0.1 > $1.1 }.map { (name: $0.0, probability: $0.1) })
  }

  /// How much words of a text, or groups of them, speak for one class and against another.
  ///
  /// - Returns: the strongest first; none when there are no such classes.
  package mutating func effects(
    of text: String, for name: String, against other: String
  ) -> [(words: String, effect: Double)] {
    guard let label = classNames.firstIndex(of: name),
      let rival = classNames.firstIndex(of: other)
    else { return [] }
    let (tokens, all) = chain.numberedTokens(of: text)
    let ids = Array(all.prefix(longestText))
    let spellings = Dictionary(zip(ids, tokens), uniquingKeysWith: { first, _ in first })
    return classifier.effects(of: ids, for: label, against: rival)
      .sorted { abs($0.effect) > abs($1.effect) }
      .map { part in
        let words = part.ids.map { id in
          spellings[id] ?? String(decoding: chain.vocabulary.word(of: Int(id)), as: UTF8.self)
        }
        return (shown(words).joined(separator: " "), Double(part.effect))
      }
  }

  /// [texts × classes] the probabilities of the classes for texts in UTF-8, in the order of the names.
  package mutating func probabilities(of texts: [[UInt8]]) throws(Diagnostic) -> [Float] {
    let (size, longest, chains) = (64, longestText, chains)
    let parts = mapConcurrently((texts.count + size - 1) / size, cores: cores) { part in
      chains.withChain { chain in
        texts[part * size..<min(texts.count, (part + 1) * size)].map { chain.ids(of: $0) }
      }
    }
    let rows = Array(parts.joined())
    cutCount += rows.count { $0.count > longest }
    return try classifier.probabilities(
      of: rows.map { $0.count > longest ? Array($0.prefix(longest)) : $0 }, cores: cores)
  }
}
