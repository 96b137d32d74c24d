import Artifacts
import Diagnostics
import Pipelines

/// Everything between raw text and token ids, as a model remembers it.
///
/// It is gathered from the lineage of the rows a model was trained on, so that what `classify` does
/// to a sentence is what was done to the training text.
package struct TextChain: Sendable {
  /// One row-wise stage.
  struct Step: Sendable {
    let kind: String
    let version: Int
    let options: [(name: String, value: OptionValue)]
    /// The bytes of its files and inputs, by their lines in the key.
    let resources: [(name: String, bytes: [UInt8])]
  }

  /// From raw text on.
  let steps: [Step]
  /// The vocabulary artifact's bytes.
  let vocabulary: [UInt8]
  /// The column of the training table that the ids come from.
  let column: String
}

/// A stage that does more to rows than a model, which remembers it, does to a text.
protocol PartlyRemembered: Stage {
  /// The version of what a model does, which rises only when that is something else.
  static var textVersion: Int { get }
  var columns: TextColumns { get }

  /// What a model does to a text.
  func textTransform(_ resources: Resources) throws(Diagnostic) -> any FieldTransform
}

extension TextChain {
  /// How many ids it gives: one a line of the vocabulary.
  var entryCount: Int {
    let newline = UInt8(ascii: "\n")
    return vocabulary.count { $0 == newline } + (vocabulary.last == newline ? 0 : 1)
  }

  /// Follows one column of a dataset back to where it was loaded.
  ///
  /// - Parameter bytes: reads an artifact of the store.
  /// - Throws: when the dataset was not made by stages this program knows.
  package init(
    gatheredFrom dataset: Lineage, column: String,
    bytes: (Digest) throws(Diagnostic) -> [UInt8]
  ) throws(Diagnostic) {
    guard let binarize = dataset.stage as? Binarize,
      let digest = dataset[binarize.vocabularyInput(of: column).name]?.digest
    else { throw Diagnostic(.foreignDataset(dataset.kind)) }
    steps = try Self.steps(of: dataset.sourceOfRows, column: column, bytes: bytes)
    vocabulary = try bytes(digest)
    self.column = column
  }

  /// The steps that a column of a table has been through, from where it was loaded on.
  static func steps(
    of table: Lineage?, column: String, bytes: (Digest) throws(Diagnostic) -> [UInt8]
  ) throws(Diagnostic) -> [Step] {
    var steps: [Step] = []
    var node = table
    while let stage = node {
      if let rowWise = stage.stage as? any RowWise, rowWise.columns.include(column) {
        steps.append(try Step(stage, bytes: bytes))
      } else if let partly = stage.stage as? any PartlyRemembered, partly.columns.include(column) {
        steps.append(try Step(stage, bytes: bytes))
      }
      node = stage.sourceOfRows
    }
    return steps.reversed()
  }
}

extension TextChain.Step {
  /// A stage with its options and the bytes it read besides the rows.
  init(
    _ stage: Lineage, bytes: (Digest) throws(Diagnostic) -> [UInt8]
  ) throws(Diagnostic) {
    kind = stage.kind
    version =
      (stage.stage as? any PartlyRemembered).map { type(of: $0).textVersion } ?? stage.version
    options = stage.options
    var resources: [(name: String, bytes: [UInt8])] = []
    for (name, path) in stage.files {
      let content = try InputFile.contents(of: path, atMost: 256 << 20)
      let known = stage.key[name]
      guard StageKey.value(of: BLAKE3.digest(of: content)) == known else {
        throw Diagnostic(.changedSince(stage.kind, path))
      }
      resources.append((name, content))
    }
    let rowInputs = Set(stage.stage.rowInputs.map(\.name))
    for (name, lineage) in stage.inputs where !rowInputs.contains(name) {
      if let digest = lineage.digest { resources.append((name, try bytes(digest))) }
    }
    if let length = stage.outputs[ArtifactType.length.name] {
      resources.append((Pad.measuredLength, try bytes(length)))
    }
    self.resources = resources
  }
}

extension Diagnostic.Message {
  fileprivate static func foreignDataset(_ kind: String) -> Self {
    Self(
      "the training rows come from '\(kind)', which keeps no vocabulary",
      remedy: "train on the output of a binarize stage")
  }

  fileprivate static func changedSince(_ kind: String, _ path: String) -> Self {
    Self("'\(path)' changed after \(kind) read it", remedy: "run again when nothing writes to it")
  }
}
