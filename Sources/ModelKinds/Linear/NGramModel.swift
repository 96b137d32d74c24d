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

  func configuration(vocabularySize: Int, ignoresCase: Bool) -> JSONValue {
    .object(
      [
        .init("vocabulary", .integer(vocabularySize)), .init("ignore-case", .bool(ignoresCase)),
        .init("classes", .integer(model.classCount)),
        .init("outputs", .integer(model.outputCount)),
      ] + NGramTensors(features).configuration)
  }

  package var declarations: [SafetensorsWriter.Declaration] {
    [
      .init(Self.weights, .float32, shape: [model.featureCount, model.outputCount]),
      .init(Self.biases, .float32, shape: [model.outputCount]),
    ] + NGramTensors(features).declarations
  }

  package func write(_ name: String, into draft: inout ArtifactDraft) throws(Diagnostic) {
    switch name {
    case Self.weights: try draft.write(elements: model.weights)
    case Self.biases: try draft.write(elements: model.biases)
    default: try NGramTensors(features).write(name, into: &draft)
    }
  }

  /// Reads it back.
  ///
  /// - Throws: when the configuration and the tensors do not belong together.
  init(_ stored: StoredModel) throws(Diagnostic) {
    guard let classes = stored.configuration.size("classes"),
      let outputs = stored.configuration.size("outputs"),
      outputs == classes || outputs == 1 && classes == 2
    else { throw Diagnostic(.misshapen(stored)) }
    features = try NGramTensors(stored).features
    let weights: [Float] = try stored.tensors.values(Self.weights)
    let biases: [Float] = try stored.tensors.values(Self.biases)
    guard biases.count == outputs, weights.count % outputs == 0,
      weights.count / outputs == features.count
    else { throw Diagnostic(.misshapen(stored)) }
    model = LinearModel(classCount: classes, weights: weights, biases: biases)
  }
}
