import Diagnostics

extension ArtifactStore {
  /// The names under which texts are kept in `roots`.
  package func rootNames() -> [String] { Folder.names(in: "\(root)/roots") }

  /// The text last kept under a name in `roots`; nil when there is none.
  package func root(named name: String) -> String? {
    FileBytes.read("\(root)/roots/\(name)").map { String(decoding: $0, as: UTF8.self) }
  }

  /// Keeps a text under a name in `roots`, in the place of the one before.
  ///
  /// Roots say what a definition's last results were; a failure costs explanations only.
  package func setRoot(named name: String, to text: String) {
    do throws(Diagnostic) {
      let folder = try folder("roots")
      let temporary = try TemporaryFile(store: self)
      try temporary.write(text.utf8.span)
      try temporary.rename(to: "\(folder)/\(name)")
    } catch {
      notice(error.message)
    }
  }
}
