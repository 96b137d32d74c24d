/// An output of another stage, as an option refers to it.
package struct OutputReference: Hashable, Sendable, CustomStringConvertible {
  /// The place of the stage in the plan.
  package let stage: Int
  package let stageName: String
  package let port: Port
  /// Whether the stage has other outputs, so that the port must be named.
  package let isOneOfSeveral: Bool

  /// A reference to another output of its stage.
  func naming(_ port: Port) -> OutputReference {
    OutputReference(
      stage: stage, stageName: stageName, port: port, isOneOfSeveral: isOneOfSeveral)
  }

  package var description: String { isOneOfSeveral ? "\(stageName).\(port.name)" : stageName }
}

/// One artifact a stage reads, known by its type before anything runs.
package struct StageInput: Hashable, Sendable {
  /// Its line in the key: the option's name, with the part's where several fill one option.
  package let name: String
  package let source: OutputReference
}

/// The artifacts that fill one option: a single one, or one for each part of a split.
///
/// A row-wise stage that reads several parts has an output for each of them.
package struct Parts: Hashable, Sendable {
  package let inputs: [StageInput]
  /// Whether these are named parts; a single artifact has no name of its own.
  package let areNamed: Bool

  /// The outputs of a stage that turns each part into one artifact of another type.
  package func mapped(to type: ArtifactType) -> [Port] {
    inputs.map { areNamed ? Port($0.source.port.name, type) : Port(type) }
  }

  /// The part that statistics are computed from: `train` where there is one, else the first.
  package var measured: StageInput {
    inputs.first { $0.source.port.name == "train" } ?? inputs[0]
  }
}
