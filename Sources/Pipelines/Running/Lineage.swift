import Digests

/// The history of an artifact: the stage that made it, its options, and the lineage of its inputs.
package final class Lineage: Sendable {
  package let kind: String
  package let version: Int
  /// The stage as planned, with its options decoded.
  package let stage: any Stage
  package let key: StageKey
  /// Which output of the stage it is.
  package let port: String
  /// The options that are in the key, typed.
  package let options: [(name: String, value: OptionValue)]
  /// The files outside the store that the stage read, by their lines in the key.
  package let files: [(name: String, path: String)]
  /// Every output of the stage, by port.
  package let outputs: [String: Digest]
  /// By the input's name in the key.
  package let inputs: [(name: String, lineage: Lineage)]

  init(
    stage: PlannedStage, key: StageKey, port: String, outputs: [String: Digest],
    inputs: [(name: String, lineage: Lineage)]
  ) {
    var options: [(name: String, value: OptionValue)] = []
    var files: [(name: String, path: String)] = []
    for line in stage.keyLines where !line.isLeftOut {
      switch line.content {
      case .option(let value): options.append((line.name, value))
      case .extent(let extent): options.append((line.name, .integer(extent)))
      case .file(let path): files.append((line.name, path))
      case .input, .folder: continue
      }
    }
    self.options = options
    self.files = files
    self.outputs = outputs
    kind = stage.kind.kind
    version = stage.kind.version
    self.stage = stage.stage
    self.key = key
    self.port = port
    self.inputs = inputs
  }

  /// The artifact's own bytes.
  package var digest: Digest? { outputs[port] }

  /// The input that the artifact's rows come from; nil when they were loaded, or there are none.
  package var sourceOfRows: Lineage? {
    guard let output = stage.outputs.first(where: { $0.name == port }),
      case .input(let input, _) = stage.rows(of: output)
    else { return nil }
    return self[input.name]
  }

  /// The lineage of one input.
  package subscript(input: String) -> Lineage? { inputs.first { $0.name == input }?.lineage }
}
