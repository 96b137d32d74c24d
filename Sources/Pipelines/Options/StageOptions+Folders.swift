import Diagnostics
import Files

/// A folder outside the store, some of whose files a stage reads.
package struct ExternalFolder: Sendable {
  package let path: String
  /// Its files, by name.
  package let names: [String]
  fileprivate let option: GivenOption

  fileprivate init(path: String, names: [String], option: GivenOption) {
    self.path = path
    self.names = names
    self.option = option
  }
}

extension StageOptions {
  /// Reads the path of a folder; nil when there is none, which is reported.
  package mutating func folder(_ name: String, _ meaning: String) -> ExternalFolder? {
    folder(name, unset: nil, meaning)
  }

  /// Reads the path of a folder that may be left out; nil then, and when there is none at the path.
  ///
  /// - Parameter unset: what happens without, for the help text.
  package mutating func optionalFolder(
    _ name: String, unset: String, _ meaning: String
  ) -> ExternalFolder? {
    folder(name, unset: unset, meaning)
  }

  private mutating func folder(
    _ name: String, unset: String?, _ meaning: String
  ) -> ExternalFolder? {
    guard let option = declare(name, "path of a folder", default: unset, meaning),
      let path = path(in: option.node, of: option, named: name)
    else { return nil }
    let names: [String]
    do throws(Diagnostic) { names = try Folder.names(in: path) } catch {
      report(error.message, at: option.node, of: option)
      return nil
    }
    if names.isEmpty {
      report(.noFolder(path), at: option.node, of: option)
      return nil
    }
    return ExternalFolder(path: path, names: names, option: option)
  }

  /// Takes a file of a folder as one that the stage reads; nil when it is not there.
  ///
  /// - Parameter line: its line in the key.
  package mutating func file(
    _ name: String, in folder: ExternalFolder, line: String
  ) -> ExternalFile? {
    guard folder.names.contains(name) else { return nil }
    let path = "\(folder.path)/\(name)"
    appendKeyLine(line, .file(path), folder.option)
    return ExternalFile(name: line, path: path)
  }
}

extension Diagnostic.Message {
  fileprivate static func noFolder(_ path: String) -> Self {
    Self(
      "there is no folder '\(path)' with files in it",
      remedy: "give the path of a folder that can be read")
  }
}
