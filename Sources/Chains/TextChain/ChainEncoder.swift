import Diagnostics
import Pipelines
import Text

/// Some steps of a model's chain, ready to be applied to text.
package struct ChainTransform: Sendable {
  private var transforms: [any FieldTransform] = []

  /// Reads every step with the initialiser of its stage kind.
  ///
  /// - Throws: when the model was made by another version of a kind.
  package init(_ steps: some Sequence<TextChain.Step>, model: String) throws(Diagnostic) {
    for step in steps { transforms.append(try Self.transform(of: step, model)) }
  }

  private static func transform(
    of step: TextChain.Step, _ model: String
  ) throws(Diagnostic) -> any FieldTransform {
    try step.stage(of: model).transform(step.resource)
  }

  /// The text after all steps.
  package mutating func apply(_ text: String) -> [UInt8] { apply(text.utf8) }

  /// The text, which is UTF-8, after all steps.
  package mutating func apply(_ text: some Collection<UInt8>) -> [UInt8] {
    var field = Array(text)
    var output: [UInt8] = []
    for index in transforms.indices {
      output.removeAll(keepingCapacity: true)
      transforms[index].apply(field.span, of: Origin(line: 1), into: &output)
      swap(&field, &output)
    }
    return field
  }
}

/// A model's chain, ready to turn text into token ids.
package struct ChainEncoder: Sendable {
  private var steps: ChainTransform
  package let vocabulary: Vocabulary

  /// - Parameter taken: how many of the first steps the text has been through.
  /// - Throws: when the model was made by another version of a kind.
  package init(_ chain: TextChain, after taken: Int = 0, model: String) throws(Diagnostic) {
    steps = try ChainTransform(chain.steps[taken...], model: model)
    vocabulary = try Vocabulary(lines: chain.vocabulary.span, file: "\(model) (vocabulary)")
  }

  /// The token ids of a text, which is UTF-8.
  package mutating func ids(of text: some Collection<UInt8>) -> [Int32] {
    var ids: [Int32] = []
    vocabulary.ids(of: steps.apply(text).span, into: &ids)
    return ids
  }

  /// The tokens of a text and their ids, as many of each.
  package mutating func numberedTokens(of text: String) -> (tokens: [String], ids: [Int32]) {
    let unknown = vocabulary.id(of: .unknown)
    var (tokens, ids): ([String], [Int32]) = ([], [])
    for token in steps.apply(text).split(separator: UInt8(ascii: " ")) {
      guard let id = vocabulary.id(of: token.span) ?? unknown else { continue }
      tokens.append(String(decoding: token, as: UTF8.self))
      ids.append(Int32(truncatingIfNeeded: id))
    }
    return (tokens, ids)
  }
}

extension TextChain {
  /// The tokenizer of the encoder whose pieces the text becomes; nil when it becomes none.
  package func encoderTokenizer(of model: String) throws(Diagnostic) -> EncoderTokenizer? {
    for step in steps {
      if let stage = try step.stage(of: model) as? any FollowsEncoder,
        let tokenizer = try stage.encoderTokenizer(step.resource)
      {
        return tokenizer
      }
    }
    return nil
  }
}

extension TextChain.Step {
  /// The bytes of a line of its key.
  fileprivate func resource(_ name: String) -> [UInt8]? {
    resources.first { $0.name == name }?.bytes
  }

  /// The stage as it was when the model was trained.
  ///
  /// - Throws: when the model was made by another version of the kind.
  package func stage(of model: String) throws(Diagnostic) -> any TextStep {
    guard let recalled else { throw Diagnostic(.otherVersion(kind, version, model)) }
    return recalled
  }

  /// The stage as it was when the model was trained; nil when the program lacks it.
  package var recalled: (any TextStep)? {
    guard let type else { return nil }
    let measured = (type as? any PadsRows.Type)?.measuredLength
    let inputs = resources.map(\.name).filter { $0 != measured }
    var options = StageOptions.recalling(type, self.options, resources: inputs)
    let stage = type.init(from: &options)
    return options.problems.isEmpty ? stage : nil
  }
}

extension Diagnostic.Message {
  fileprivate static func otherVersion(_ kind: String, _ version: Int, _ model: String) -> Self {
    Self(
      "'\(model)' treats text with \(kind) \(version), which this program does not have",
      remedy: "train it again with this version, or use the version that made it")
  }
}
