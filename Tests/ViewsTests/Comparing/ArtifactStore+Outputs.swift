import Artifacts
import Diagnostics
import Files

extension ArtifactStore {
  /// Stores a text as a stage's output.
  func output(
    _ port: String, _ type: String, _ text: String
  ) throws(Diagnostic) -> RecordedOutput {
    var draft = try makeDraft()
    try draft.write(text)
    let object = try draft.commit()
    return RecordedOutput(
      port: port, type: type, digest: object.digest, byteCount: object.byteCount)
  }
}
