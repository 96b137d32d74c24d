import Diagnostics
import Files
import TOML

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
    let unset = isRecalling ? "" : unset
    guard let option = declare(name, .text, "path of a folder", default: unset, meaning),
      let path = path(in: option.node, of: option, named: name)
    else { return nil }
    let names: [String]
    do throws(Diagnostic) { names = try self.names(inFolder: path) } catch {
      report(error.message, at: option.node, of: option)
      return nil
    }
    if names.isEmpty {
      report(.noFolder(path), at: option.node, of: option)
      return nil
    }
    return ExternalFolder(path: path, names: names, option: option)
  }

  /// The names in a folder, sorted; none when there is no folder at the path.
  private mutating func names(inFolder path: String) throws(Diagnostic) -> [String] {
    let names = try Folder.names(in: path)
    if !names.isEmpty { surroundings.noteFolder() }
    return names
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

  /// Takes a file that a folder must have; nil when it does not, which is reported at the folder.
  ///
  /// - Parameters:
  ///   - line: its line in the key.
  ///   - remedy: what to do where it is not there.
  package mutating func required(
    _ name: String, in folder: ExternalFolder, line: String, remedy: String
  ) -> ExternalFile? {
    let file = file(name, in: folder, line: line)
    if file == nil {
      report(
        .missingFile(name, folder.path, remedy: remedy), at: folder.option.node, of: folder.option)
    }
    return file
  }
}

/// A path outside the store: of a file that is read, or of a folder some of whose files are.
package enum ExternalPath: Sendable {
  case file(ExternalFile)
  case folder(ExternalFolder)
}

extension StageOptions {
  /// Reads the path of a file, or of a folder of whose files `file(_:in:line:)` says which are read.
  package mutating func fileOrFolder(_ name: String, _ meaning: String) -> ExternalPath {
    let standIn = ExternalPath.file(ExternalFile(name: name, path: ""))
    guard let option = declare(name, .text, "path", default: nil, meaning),
      let path = path(in: option.node, of: option, named: name)
    else { return standIn }
    do throws(Diagnostic) {
      let names = try self.names(inFolder: path)
      if !names.isEmpty { return .folder(ExternalFolder(path: path, names: names, option: option)) }
    } catch {
      report(error.message, at: option.node, of: option)
      return standIn
    }
    appendKeyLine(name, .file(path), option, path: written(option.node, of: option))
    return .file(ExternalFile(name: name, path: path))
  }
}

/// What a path outside the store leads to: a file, or a folder all of whose files are read.
package enum ExternalFiles: Hashable, Sendable {
  case file(ExternalFile)
  /// - Parameter name: its line in the key.
  case folder(name: String, FolderFiles)

  /// The path that was given.
  package var path: String {
    switch self {
    case .file(let file): file.path
    case .folder(_, let folder): folder.folder
    }
  }
}

extension StageOptions {
  /// Reads a table of paths of files and folders, one or several for each name; hidden files of a
  /// folder are left out.
  package mutating func namedFilesOrFolders(
    _ name: String, unset: String, _ meaning: String
  ) -> [(name: String, files: [ExternalFiles])] {
    namedPaths(name, unset: unset, meaning) { options, node, option, line in
      options.fileOrFolder(in: node, of: option, line: line)
    }
  }

  private mutating func fileOrFolder(
    in node: TOMLNode, of option: GivenOption, line: String
  ) -> ExternalFiles? {
    guard let path = path(in: node, of: option, named: line) else { return nil }
    let names: [String]
    do throws(Diagnostic) { names = try self.names(inFolder: path) } catch {
      report(error.message, at: node, of: option)
      return nil
    }
    let shown = names.filter { !$0.hasPrefix(".") }
    guard !shown.isEmpty else {
      appendKeyLine(line, .file(path), option, path: written(node, of: option))
      return .file(ExternalFile(name: line, path: path))
    }
    let folder = FolderFiles(folder: path, names: shown)
    appendKeyLine(line, .folder(folder), option, path: written(node, of: option))
    return .folder(name: line, folder)
  }
}

extension Diagnostic.Message {
  fileprivate static func missingFile(_ name: String, _ folder: String, remedy: String) -> Self {
    Self("the folder '\(folder)' has no file '\(name)'", remedy: remedy)
  }

  fileprivate static func noFolder(_ path: String) -> Self {
    Self(
      "there is no folder '\(path)' with files in it",
      remedy: "give the path of a folder that can be read")
  }
}
