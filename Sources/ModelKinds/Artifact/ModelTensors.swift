import Artifacts
import Diagnostics
import Files
import Formats
import Tensors
import Training

/// What a model has learnt, as tensors that its artifact holds.
package protocol ModelTensors {
  /// Every tensor by its name.
  var declarations: [SafetensorsWriter.Declaration] { get }

  /// Writes the elements of one of them.
  func write(_ name: String, into draft: inout ArtifactDraft) throws(Diagnostic)
}

extension ParameterBuffer: ModelTensors {
  package var declarations: [SafetensorsWriter.Declaration] { Self.declarations(of: layout) }

  package func write(_ name: String, into draft: inout ArtifactDraft) throws(Diagnostic) {
    guard let tensor = self[name] else { preconditionFailure("no parameter is named \(name)") }
    try draft.write(tensor)
  }
}
