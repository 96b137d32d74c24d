import Diagnostics

extension Diagnostic.Message {
  /// The error for a folder that lacks a file.
  ///
  /// - Parameter kind: the stage kind whose manual lists what is wanted.
  static func missingFile(_ name: String, _ folder: String, of kind: String) -> Self {
    Self(
      "the folder '\(folder)' has no file '\(name)'",
      remedy: "put it there; `millrace stages \(kind)` lists what is wanted")
  }
}
