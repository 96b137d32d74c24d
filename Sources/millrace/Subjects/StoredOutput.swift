import Artifacts
import Diagnostics
import Digests
import Views

/// An output found by its digest among all records of a store.
struct StoredOutput {
  let output: RecordedOutput
  let record: Record

  /// - Throws: when no output's digest starts so, or several do.
  init(digest prefix: DigestPrefix, in store: ArtifactStore) throws(Diagnostic) {
    var found: [Digest: (RecordedOutput, Record)] = [:]
    for key in try store.recordKeys() {
      guard let record = try store.record(for: key) else { continue }
      for output in record.outputs where prefix.fits(output.digest) {
        found[output.digest] = (output, record)
      }
    }
    guard let (output, record) = found.first?.value, found.count == 1 else {
      throw Diagnostic(.notOneOutput(prefix, found.count, in: store))
    }
    self.output = output
    self.record = record
  }

  /// The output whose digest starts with a word, which is known to name nothing else.
  ///
  /// - Throws: also when the word is no digest.
  init(named word: String, in store: ArtifactStore) throws(Diagnostic) {
    guard let prefix = DigestPrefix(word) else {
      throw Diagnostic(.nothingNamed(word, in: store))
    }
    try self.init(digest: prefix, in: store)
  }

  func view(
    in store: ArtifactStore, _ selection: RowSelection
  ) throws(Diagnostic) -> any ArtifactView {
    try ArtifactViews.view(of: ShownArtifact(output, of: record, in: store, selection))
  }
}

extension Diagnostic.Message {
  fileprivate static func notOneOutput(
    _ prefix: DigestPrefix, _ count: Int, in store: ArtifactStore
  ) -> Self {
    count == 0
      ? Self(
        "no artifact in the store '\(store.root)' has a digest that starts with '\(prefix)'",
        remedy: "`millrace show FILE` lists the artifacts with their digests")
      : Self(
        "\(count) artifacts have digests that start with '\(prefix)'", remedy: "give more digits")
  }

  /// The error for a word that is neither a definition nor a run nor an artifact's digest.
  static func nothingNamed(_ word: String, in store: ArtifactStore) -> Self {
    // The names of runs are only for suggestions, so a failure to read them does not matter.
    let runs = ((try? store.runs()) ?? []).map(\.name)
    let names = runs.isEmpty ? [] : ["last"] + runs
    return Self(
      "'\(word)' is no definition, no run, no pin and no digest"
        + Suggestion.ending(for: word, among: names),
      remedy: runs.isEmpty
        ? "name a .toml file: the store '\(store.root)' has no runs"
        : "name a .toml file, 6 digits or more of a digest, or a run: "
          + names.prefix(4).joined(separator: ", "))
  }
}
