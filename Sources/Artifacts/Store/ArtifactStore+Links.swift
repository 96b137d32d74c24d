import Diagnostics
import Files

extension ArtifactStore {
  /// Throws when a folder from which files are removed is a link.
  ///
  /// Whoever may write to a store that people share could have them remove files of their own by one.
  func refuseLink(_ folder: String) throws(Diagnostic) {
    if Folder.isLink(folder, in: files) { throw Diagnostic(.linkedFolder(folder)) }
  }
}

extension Diagnostic.Message {
  fileprivate static func linkedFolder(_ path: String) -> Self {
    Self(
      "'\(path)' is a link, and what is removed from a store must not be elsewhere",
      remedy: "see who made it, and remove it")
  }
}
