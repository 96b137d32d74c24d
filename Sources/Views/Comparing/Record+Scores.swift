import Artifacts
import Chains
import Diagnostics
import Files
import Formats

extension Record {
  /// The scores that the stage left, as one flat object; nil where it left none or they were evicted.
  ///
  /// - Throws: when they cannot be read.
  func scores(in store: ArtifactStore) throws(Diagnostic) -> JSONValue? {
    guard let output = output(holding: .scores), try !store.isEvicted(output.digest) else {
      return nil
    }
    return try JSONValue(parsing: try store.open(output.digest).contents, file: output.port)
  }
}
