import Diagnostics
import Files
import Synchronization

/// Texts that say which results must stay: those of definitions, and those that people pinned.
///
/// They have checksums, because the results would be removed if a text were lost unnoticed.
extension ArtifactStore {
  /// The names under which texts are kept in `roots`.
  package func rootNames() throws(Diagnostic) -> [String] {
    try names(in: "roots")
  }

  /// The text last kept under a name in `roots`; nil when there is none.
  package func root(named name: String) throws(Diagnostic) -> StoredText? {
    try bytes(of: "\(root)/roots/\(name)").map { StoredText($0) }
  }

  /// The status of the file of a text in `roots`; nil when there is none, or it cannot be known.
  package func rootStatus(named name: String) -> FileStatus? {
    (try? status(of: "\(root)/roots/\(name)")) ?? nil
  }

  /// Keeps a text under a name in `roots`, in the place of the one before.
  ///
  /// In a store that cannot be written to nothing is kept. A failure is only a notice: new results
  /// stay in any case while their run is one of the last.
  package func setRoot(named name: String, to text: String) {
    guard !isReadOnly else { return }
    do throws(Diagnostic) {
      try replace("roots", name, with: text)
    } catch {
      notice(error.message)
    }
  }

  /// The text of a pin; nil when there is no such pin.
  package func pin(named name: String) throws(Diagnostic) -> StoredText? {
    try bytes(of: "\(root)/pins/\(name)").map { StoredText($0) }
  }

  /// Keeps a text under a name in `pins`, in the place of the one before.
  package func setPin(named name: String, to text: String) throws(Diagnostic) {
    try replace("pins", name, with: text)
  }

  /// The names in `pins`, sorted.
  package func pinNames() throws(Diagnostic) -> [String] { try names(in: "pins") }

  package func removePin(named name: String) throws(Diagnostic) {
    try remove("\(root)/pins/\(name)")
  }

  private func replace(
    _ kind: String, _ name: String, with text: String
  ) throws(Diagnostic) {
    let folder = try folder(kind)
    let temporary = try TemporaryFile(store: self)
    try temporary.write(StoredText.sealed(text).utf8.span)
    try temporary.synchronize()
    try temporary.rename(to: "\(folder)/\(name)")
    foldersToSynchronize.withLock { _ = $0.names.insert(folder) }
    try synchronizeFolders()
  }
}
