import Artifacts
import Chains
import Diagnostics
import Files
import Formats
import LinearModels

/// A linear model of n-grams with what makes numbers of them: all of a trained model but its chain.
package struct NGramModel: Sendable {
  let features: NGramFeatures
  let model: LinearModel
}

// As a model artifact holds it: what it is in JSON, the rest in tensors.
extension NGramModel: ModelTensors {
  private static let weights = "classes.weight"
  private static let biases = "classes.bias"
  private static let idf = "ngrams.idf"
  private static let prefixes = "ngrams.prefixes"
  private static let tokens = "ngrams.tokens"

  func configuration(vocabularySize: Int, ignoresCase: Bool) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("vocabulary", .integer(vocabularySize)), .init("ignore-case", .bool(ignoresCase)),
      .init("classes", .integer(model.classCount)), .init("outputs", .integer(model.outputCount)),
    ]
    let lengths: ClosedRange<Int>
    switch features.index {
    case .vocabulary(let vocabulary):
      lengths = vocabulary.lengths
      members.append(.init("features", .integer(vocabulary.count)))
    case .hashing(let hashing):
      lengths = hashing.lengths
      members.append(.init("buckets", .integer(hashing.bucketCount)))
    }
    members.append(
      .init("ngrams", [.integer(lengths.lowerBound), .integer(lengths.upperBound)]))
    switch features.weighting {
    case .presence: members.append(.init("weighting", "presence"))
    case .tfidf(let tfidf):
      members += [
        .init("weighting", "tf-idf"), .init("sublinear", .bool(tfidf.isSublinear)),
        .init("idf", .bool(!tfidf.idf.isEmpty)),
      ]
    }
    return .object(members)
  }

  package var declarations: [SafetensorsWriter.Declaration] {
    var declarations: [SafetensorsWriter.Declaration] = [
      .init(Self.weights, .float32, shape: [model.featureCount, model.outputCount]),
      .init(Self.biases, .float32, shape: [model.outputCount]),
    ]
    if case .vocabulary(let vocabulary) = features.index {
      declarations += [Self.prefixes, Self.tokens].map {
        .init($0, .int32, shape: [vocabulary.tokens.count])
      }
    }
    if !inverseFrequencies.isEmpty {
      declarations.append(.init(Self.idf, .float64, shape: [inverseFrequencies.count]))
    }
    return declarations
  }

  private var inverseFrequencies: [Double] {
    if case .tfidf(let tfidf) = features.weighting { tfidf.idf } else { [] }
  }

  package func write(_ name: String, into draft: inout ArtifactDraft) throws(Diagnostic) {
    switch (name, features.index) {
    case (Self.weights, _): try draft.write(elements: model.weights)
    case (Self.biases, _): try draft.write(elements: model.biases)
    case (Self.idf, _): try draft.write(elements: inverseFrequencies)
    case (Self.prefixes, .vocabulary(let vocabulary)):
      try draft.write(elements: vocabulary.prefixes)
    case (Self.tokens, .vocabulary(let vocabulary)): try draft.write(elements: vocabulary.tokens)
    default: preconditionFailure("no tensor is named \(name)")
    }
  }

  /// Reads it back.
  ///
  /// - Throws: when the configuration and the tensors do not belong together.
  init(_ stored: StoredModel) throws(Diagnostic) {
    let json = stored.configuration
    guard let classes = json.size("classes"), let outputs = json.size("outputs"),
      outputs == classes || outputs == 1 && classes == 2,
      let lengths = json["ngrams"]?.arrayValue?.compactMap({ $0.size() }), lengths.count == 2,
      lengths[0] <= lengths[1], lengths[1] <= 8
    else { throw Diagnostic(.misshapen(stored)) }
    let index = try Self.index(stored, lengths[0]...lengths[1])
    let weighting = try Self.weighting(stored, featureCount: index.count)
    features = NGramFeatures(index, weighting)
    let weights: [Float] = try stored.tensors.values(Self.weights)
    let biases: [Float] = try stored.tensors.values(Self.biases)
    guard biases.count == outputs, weights.count % outputs == 0,
      weights.count / outputs == index.count
    else { throw Diagnostic(.misshapen(stored)) }
    model = LinearModel(classCount: classes, weights: weights, biases: biases)
  }

  private static func index(
    _ stored: StoredModel, _ lengths: ClosedRange<Int>
  ) throws(Diagnostic) -> NGramFeatures.Index {
    if let buckets = stored.configuration.size("buckets") {
      return .hashing(NGramHashing(lengths: lengths, bucketCount: buckets))
    }
    guard let count = stored.configuration.size("features", from: 0),
      let vocabulary = NGramVocabulary(
        lengths: lengths, count: count, prefixes: try stored.tensors.values(prefixes),
        tokens: try stored.tensors.values(tokens))
    else { throw Diagnostic(.misshapen(stored)) }
    return .vocabulary(vocabulary)
  }

  private static func weighting(
    _ stored: StoredModel, featureCount: Int
  ) throws(Diagnostic) -> NGramFeatures.Weighting {
    let json = stored.configuration
    if json["weighting"]?.stringValue == "presence" { return .presence }
    guard json["weighting"]?.stringValue == "tf-idf", let usesIDF = json["idf"]?.boolValue,
      let isSublinear = json["sublinear"]?.boolValue
    else { throw Diagnostic(.misshapen(stored)) }
    let idf: [Double] = usesIDF ? try stored.tensors.values(Self.idf) : []
    guard idf.count == (usesIDF ? featureCount : 0) else { throw Diagnostic(.misshapen(stored)) }
    return .tfidf(TFIDF(isSublinear: isSublinear, idf: idf))
  }
}
