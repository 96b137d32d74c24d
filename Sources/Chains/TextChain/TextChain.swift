import Diagnostics
import Digests
import Files
import Pipelines

/// The steps from raw text to token ids, as a model stores them.
///
/// It is gathered from the lineage of the rows a model was trained on, so that what `classify` does
/// to a sentence is what was done to the training text.
package struct TextChain: Sendable {
  /// One row-wise stage.
  package struct Step: Sendable {
    package let kind: String
    package let version: Int
    /// The kind of stage by that name and version; nil where a program does not have it.
    package let type: (any TextStep.Type)?
    package let options: [(name: String, value: OptionValue)]
    /// The bytes of its files and inputs, by their lines in the key.
    package let resources: [(name: String, bytes: [UInt8])]

    package init(
      kind: String, version: Int, type: (any TextStep.Type)?,
      options: [(name: String, value: OptionValue)], resources: [(name: String, bytes: [UInt8])]
    ) {
      self.kind = kind
      self.version = version
      self.type = type
      self.options = options
      self.resources = resources
    }
  }

  /// The steps, the first of them for raw text.
  package let steps: [Step]
  /// The vocabulary artifact's bytes.
  package let vocabulary: [UInt8]
  /// The column of the training table that the ids come from.
  package let column: String

  package init(steps: [Step], vocabulary: [UInt8], column: String) {
    self.steps = steps
    self.vocabulary = vocabulary
    self.column = column
  }
}

extension TextChain {
  /// Follows one column of a dataset back to where it was loaded.
  ///
  /// - Parameter bytes: reads an artifact of the store.
  /// - Throws: when the dataset was not made by stages this program knows.
  package init(
    gatheredFrom dataset: Lineage, column: String,
    bytes: (Digest) throws(Diagnostic) -> [UInt8]
  ) throws(Diagnostic) {
    guard let numbering = dataset.stage as? any NumbersTokens,
      let digest = dataset[numbering.vocabularyInput(of: column).name]?.digest
    else { throw Diagnostic(.foreignDataset(dataset.kind)) }
    steps = try Self.steps(of: dataset.sourceOfRows, column: column, bytes: bytes)
    vocabulary = try bytes(digest)
    self.column = column
  }

  /// The steps that a column of a table has been through, from where it was loaded on.
  package static func steps(
    of table: Lineage?, column: String, bytes: (Digest) throws(Diagnostic) -> [UInt8]
  ) throws(Diagnostic) -> [Step] {
    var steps: [Step] = []
    var node = table
    while let stage = node {
      if let step = stage.stage as? any TextStep, step.columns.include(column) {
        steps.append(try Step(step, stage, bytes: bytes))
      }
      node = stage.sourceOfRows
    }
    return steps.reversed()
  }
}

extension TextChain.Step {
  /// A stage with its options and the bytes it read besides the rows.
  package init(
    _ step: some TextStep, _ stage: Lineage, bytes: (Digest) throws(Diagnostic) -> [UInt8]
  ) throws(Diagnostic) {
    kind = stage.kind
    version = stage.version
    type = Swift.type(of: step)
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
    if let padding = type as? any PadsRows.Type,
      let length = stage.outputs[ArtifactType.length.name]
    {
      resources.append((padding.measuredLength, try bytes(length)))
    }
    self.resources = resources
  }
}

/// A stage that turns rows of tokens into ids.
package protocol NumbersTokens: Stage {
  /// The input whose entries number the tokens of a column.
  func vocabularyInput(of column: String) -> StageInput
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
