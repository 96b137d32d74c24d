import Diagnostics
import Pipelines

extension StageOptions {
  /// A file that a folder must have; nil when it does not, which is reported under `path`.
  ///
  /// - Parameters:
  ///   - line: the file's line in the key.
  ///   - kind: the stage kind whose manual lists what is wanted.
  mutating func required(
    _ name: String, in folder: ExternalFolder, line: String, of kind: String
  ) -> ExternalFile? {
    let file = file(name, in: folder, line: line)
    if file == nil { reject("path", .missingFile(name, folder.path, of: kind)) }
    return file
  }
}

extension Diagnostic.Message {
  /// The error for a folder that lacks a file.
  ///
  /// - Parameter kind: the stage kind whose manual lists what is wanted.
  fileprivate static func missingFile(_ name: String, _ folder: String, of kind: String) -> Self {
    Self(
      "the folder '\(folder)' has no file '\(name)'",
      remedy: "put it there; `millrace stages \(kind)` lists what is wanted")
  }
}
