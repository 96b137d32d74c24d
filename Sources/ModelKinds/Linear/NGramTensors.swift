import Artifacts
import Diagnostics
import Files
import Formats
import LinearModels

/// What makes numbers of n-grams, as a model artifact holds it: what it is in JSON, lists in tensors.
struct NGramTensors: ModelTensors, Sendable {
  private static let idf = "ngrams.idf"
  private static let prefixes = "ngrams.prefixes"
  private static let tokens = "ngrams.tokens"

  let features: NGramFeatures

  init(_ features: NGramFeatures) { self.features = features }

  /// The members of a configuration that tell of it.
  var configuration: [JSONValue.Member] {
    let lengths = features.index.lengths
    var members: [JSONValue.Member] =
      switch features.index {
      case .vocabulary(let vocabulary): [.init("features", .integer(vocabulary.count))]
      case .hashing(let hashing): [.init("buckets", .integer(hashing.bucketCount))]
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
    return members
  }

  var declarations: [SafetensorsWriter.Declaration] {
    var declarations: [SafetensorsWriter.Declaration] = []
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

  func write(_ name: String, into draft: inout ArtifactDraft) throws(Diagnostic) {
    switch (name, features.index) {
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
    guard let lengths = stored.configuration["ngrams"]?.arrayValue?.compactMap({ $0.size() }),
      lengths.count == 2, lengths[0] <= lengths[1], lengths[1] <= 8
    else { throw Diagnostic(.misshapen(stored)) }
    let index = try Self.index(stored, lengths[0]...lengths[1])
    features = NGramFeatures(index, try Self.weighting(stored, featureCount: index.count))
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
