import Artifacts
import Diagnostics
import Formats
import ModelKinds

/// The tensors of a person's file, all of them, as those of a model.
package struct ReadTensors: ModelTensors {
  private let file: SafetensorsFile

  package init(_ file: SafetensorsFile) { self.file = file }

  package var declarations: [SafetensorsWriter.Declaration] {
    file.entries.map { .init($0.name, $0.elementType, shape: $0.shape) }
  }

  package func write(_ name: String, into draft: inout ArtifactDraft) throws(Diagnostic) {
    guard let entry = file[name] else { preconditionFailure("no tensor is named \(name)") }
    try file.withBytes(entry) { (bytes) throws(Diagnostic) in try draft.write(bytes) }
  }
}
