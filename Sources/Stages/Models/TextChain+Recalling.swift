import Artifacts
import Diagnostics
import Pipelines
import Text

/// A model's chain, ready to turn raw text into token ids.
struct RecalledChain {
  private var transforms: [any FieldTransform]
  let vocabulary: Vocabulary

  /// Reads every step with the initialiser of its stage kind.
  ///
  /// - Throws: when the model was made by another version of a kind.
  init(_ chain: TextChain, model: String) throws(Diagnostic) {
    transforms = []
    for step in chain.steps { transforms.append(try Self.transform(of: step, model)) }
    vocabulary = try Vocabulary(lines: chain.vocabulary.span, file: "\(model) (vocabulary)")
  }

  private static func transform(
    of step: TextChain.Step, _ model: String
  ) throws(Diagnostic) -> any FieldTransform {
    let stage = try step.stage(of: model)
    let resources: Resources = { name in step.resources.first { $0.name == name }?.bytes }
    if let rowWise = stage as? any RowWise { return try rowWise.transform(resources) }
    if let pad = stage as? Pad { return try pad.truncation(resources) }
    throw Diagnostic(.otherVersion(step.kind, step.version, model))
  }

  /// The token ids of a raw text.
  mutating func ids(of text: String) -> [Int32] {
    var field = Array(text.utf8)
    var output: [UInt8] = []
    for index in transforms.indices {
      output.removeAll(keepingCapacity: true)
      transforms[index].apply(field.span, of: Origin(line: 1), into: &output)
      swap(&field, &output)
    }
    var ids: [Int32] = []
    vocabulary.ids(of: field.span, into: &ids)
    return ids
  }
}

extension TextChain.Step {
  /// The stage as it was when the model was trained.
  ///
  /// - Throws: when the model was made by another version of the kind.
  func stage(of model: String) throws(Diagnostic) -> any Stage {
    if let kind = StageCatalog.standard[kind], kind.version == version {
      let inputs = resources.map(\.name).filter { $0 != Pad.measuredLength }
      var options = StageOptions.recalling(kind, self.options, resources: inputs)
      let stage = kind.init(from: &options)
      if options.problems.isEmpty { return stage }
    }
    throw Diagnostic(.otherVersion(kind, version, model))
  }
}

extension Diagnostic.Message {
  fileprivate static func otherVersion(_ kind: String, _ version: Int, _ model: String) -> Self {
    Self(
      "'\(model)' treats text with \(kind) \(version), which this program does not have",
      remedy: "train it again with this version, or use the version that made it")
  }
}
