import Artifacts
import Diagnostics

/// An output found by its digest among all records of a store.
struct StoredOutput {
  let output: RecordedOutput
  let record: Record

  /// Nil when the word is no digest.
  ///
  /// - Throws: when no output's digest starts so, or several do.
  init?(digest prefix: String, in store: ArtifactStore) throws(Diagnostic) {
    guard prefix.utf8.count >= 6, prefix.allSatisfy({ $0.isHexDigit && !$0.isUppercase }) else {
      return nil
    }
    var found: [Digest: (RecordedOutput, Record)] = [:]
    for key in store.recordKeys() {
      guard let record = store.record(for: key) else { continue }
      for output in record.outputs where "\(output.digest)".hasPrefix(prefix) {
        found[output.digest] = (output, record)
      }
    }
    guard let (output, record) = found.first?.value, found.count == 1 else {
      throw Diagnostic(.notOneOutput(prefix, found.count))
    }
    self.output = output
    self.record = record
  }
}

extension Diagnostic.Message {
  fileprivate static func notOneOutput(_ prefix: String, _ count: Int) -> Self {
    let remedy =
      count == 0
      ? "`millrace show FILE` lists the artifacts with their digests" : "give more digits"
    return Self(
      count == 0
        ? "no artifact has a digest that starts with '\(prefix)'"
        : "\(count) artifacts have digests that start with '\(prefix)'", remedy: remedy)
  }
}
