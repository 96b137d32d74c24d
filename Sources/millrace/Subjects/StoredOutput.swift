import Artifacts
import Diagnostics
import Digests
import Views

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
    for key in try store.recordKeys() {
      guard let record = try store.record(for: key) else { continue }
      for output in record.outputs where "\(output.digest)".hasPrefix(prefix) {
        found[output.digest] = (output, record)
      }
    }
    guard let (output, record) = found.first?.value, found.count == 1 else {
      throw Diagnostic(.notOneOutput(prefix, found.count, in: store))
    }
    self.output = output
    self.record = record
  }

  /// The output whose digest starts with a word that names nothing else.
  ///
  /// - Throws: also when the word is no digest.
  init(named word: String, in store: ArtifactStore) throws(Diagnostic) {
    guard let stored = try StoredOutput(digest: word, in: store) else {
      throw Diagnostic(.nothingNamed(word, in: store))
    }
    self = stored
  }

  func view(
    in store: ArtifactStore, _ selection: RowSelection
  ) throws(Diagnostic) -> any ArtifactView {
    try ArtifactViews.view(of: ShownArtifact(output, of: record, in: store, selection))
  }
}

extension Diagnostic.Message {
  fileprivate static func notOneOutput(
    _ prefix: String, _ count: Int, in store: ArtifactStore
  ) -> Self {
    count == 0
      ? Self(
        "no artifact in the store '\(store.root)' has a digest that starts with '\(prefix)'",
        remedy: "`millrace show FILE` lists the artifacts with their digests")
      : Self(
        "\(count) artifacts have digests that start with '\(prefix)'", remedy: "give more digits")
  }

  /// A word that should be a definition, a run, or an artifact's digest.
  static func nothingNamed(_ word: String, in store: ArtifactStore) -> Self {
    // Names are only offered.
    let runs = ((try? store.runs()) ?? []).map(\.name)
    let names = runs.isEmpty ? [] : ["last"] + runs
    return Self(
      "'\(word)' is no definition, no run and no digest"
        + Suggestion.ending(for: word, among: names),
      remedy: runs.isEmpty
        ? "name a .toml file: the store '\(store.root)' has no runs"
        : "name a .toml file, 6 digits or more of a digest, or a run: "
          + names.prefix(4).joined(separator: ", "))
  }
}
