import Artifacts
import Diagnostics
import Files
import Formats
import LinearModels

// As a model artifact holds it: what it is in JSON, the rest in tensors.
extension LinearModel: ModelTensors {
  private static let weightsName = "classes.weight"
  private static let biasesName = "classes.bias"

  /// The members of a configuration that tell of it.
  var configuration: [JSONValue.Member] {
    [.init("classes", .integer(classCount)), .init("outputs", .integer(outputCount))]
  }

  package var declarations: [SafetensorsWriter.Declaration] {
    [
      .init(Self.weightsName, .float32, shape: [featureCount, outputCount]),
      .init(Self.biasesName, .float32, shape: [outputCount]),
    ]
  }

  package func write(_ name: String, into draft: inout ArtifactDraft) throws(Diagnostic) {
    switch name {
    case Self.weightsName: try draft.write(elements: weights)
    case Self.biasesName: try draft.write(elements: biases)
    default: preconditionFailure("no tensor is named \(name)")
    }
  }

  /// Reads it back.
  ///
  /// - Throws: when the configuration and the tensors do not belong together.
  init(_ stored: StoredModel, featureCount: Int) throws(Diagnostic) {
    let weights: [Float] = try stored.tensors.values(Self.weightsName)
    let biases: [Float] = try stored.tensors.values(Self.biasesName)
    guard let classes = stored.configuration.size("classes"),
      let outputs = stored.configuration.size("outputs"),
      outputs == classes || outputs == 1 && classes == 2, biases.count == outputs,
      weights.count == featureCount * outputs
    else { throw Diagnostic(.misshapen(stored)) }
    self.init(classCount: classes, weights: weights, biases: biases)
  }
}
