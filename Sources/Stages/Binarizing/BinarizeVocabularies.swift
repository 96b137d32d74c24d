import Chains
import Diagnostics
import Digests
import Files
import Pipelines
import Text

/// The vocabularies that give tokens their ids: one for all columns, or one for each side of pairs.
struct BinarizeVocabularies: Sendable {
  private let shared: StageInput?
  private let source: StageInput?
  private let target: StageInput?

  init(from options: inout StageOptions) {
    let sides = ["source-vocabulary", "target-vocabulary"].filter { options.isGiven($0) }
    let meaning = "what gives tokens their ids, unless each side of pairs has its own"
    shared =
      sides.isEmpty
      ? options.input("vocabulary", .vocabulary, meaning)
      : options.optionalInput("vocabulary", .vocabulary, unset: "none", meaning)
    source = options.optionalInput(
      "source-vocabulary", .vocabulary, unset: "vocabulary", "of pairs: that of the source alone")
    target = options.optionalInput(
      "target-vocabulary", .vocabulary, unset: "vocabulary", "of pairs: that of the target alone")
    if !sides.isEmpty, sides.count == 1 || options.isGiven("vocabulary") {
      options.reject(sides[0], .oneOrTwoVocabularies)
    }
  }

  /// The lines of the key that name them.
  var lineNames: Set<String> { Set([shared, source, target].compactMap { $0?.name }) }

  /// Whether each side has its own, as only pairs have.
  var areSeparate: Bool { source != nil }

  /// The vocabulary of one side of pairs.
  func input(isTarget: Bool) -> StageInput {
    guard let input = shared ?? (isTarget ? target : source) else {
      preconditionFailure("a definition without vocabularies was not refused")
    }
    return input
  }
}

extension StageWork {
  package func vocabulary(_ input: StageInput) throws(Diagnostic) -> Vocabulary {
    try map(input).withBytes { (bytes) throws(Diagnostic) in
      try Vocabulary(lines: bytes, file: "\(input.source)")
    }
  }
}

extension Vocabulary {
  /// The id of `<pad>`, which every vocabulary has.
  package var padding: Int32 { Int32(truncatingIfNeeded: id(of: .padding) ?? 0) }

  /// The digest of its entries in their order, which decide all ids, without their counts.
  var entriesDigest: Digest {
    var text: [UInt8] = []
    for id in 0..<count {
      text += self[id]
      text.append(UInt8(ascii: "\n"))
    }
    return BLAKE3.digest(of: text)
  }
}

extension Diagnostic.Message {
  fileprivate static let oneOrTwoVocabularies = Self(
    "binarize wants one vocabulary, or one for each side of pairs",
    remedy: "give vocabulary, or source-vocabulary and target-vocabulary")
}
