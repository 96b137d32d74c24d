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
  func configuration(vocabularySize: Int, ignoresCase: Bool) -> JSONValue {
    .object(
      [
        .init("vocabulary", .integer(vocabularySize)), .init("ignore-case", .bool(ignoresCase)),
      ] + model.configuration + NGramTensors(features).configuration)
  }

  package var declarations: [SafetensorsWriter.Declaration] {
    model.declarations + NGramTensors(features).declarations
  }

  package func write(_ name: String, into draft: inout ArtifactDraft) throws(Diagnostic) {
    if model.declarations.contains(where: { $0.name == name }) {
      try model.write(name, into: &draft)
    } else {
      try NGramTensors(features).write(name, into: &draft)
    }
  }

  /// Reads it back.
  ///
  /// - Throws: when the configuration and the tensors do not belong together.
  init(_ stored: StoredModel) throws(Diagnostic) {
    features = try NGramTensors(stored).features
    model = try LinearModel(stored, featureCount: features.count)
  }
}
