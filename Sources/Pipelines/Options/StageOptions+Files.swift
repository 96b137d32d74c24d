import Diagnostics
import Glibc
import TOML

/// A file outside the store that a stage reads; its bytes are part of the key, its path is not.
package struct ExternalFile: Hashable, Sendable {
  /// Its line in the key.
  package let name: String
  /// Absolute, or relative to the working folder; variables expanded.
  package let path: String
}

extension StageOptions {
  /// Reads one path or a list of paths, relative to the definition.
  ///
  /// - Parameter unset: what happens without, for the help text; nil when it must be given.
  package mutating func files(
    _ name: String, unset: String? = nil, _ meaning: String
  ) -> [ExternalFile] {
    guard
      let option = declare(
        name, .list(of: .text), "path, or a list of paths", default: unset, meaning)
    else {
      return []
    }
    return paths(in: option.node, of: option, line: name, by: Self.readFile)
  }

  /// Reads one path.
  package mutating func file(_ name: String, _ meaning: String) -> ExternalFile {
    let option = declare(name, .text, "path", default: nil, meaning)
    return option.flatMap { file(in: $0.node, of: $0, line: name) }
      ?? ExternalFile(name: name, path: "")
  }

  /// Reads a path that may be left out.
  package mutating func optionalFile(
    _ name: String, unset: String, _ meaning: String
  ) -> ExternalFile? {
    let option = declare(name, .text, "path", default: unset, meaning)
    return option.flatMap { file(in: $0.node, of: $0, line: name) }
  }

  /// Reads a table of paths, one or several for each name: `{ de = "train.de", en = "train.en" }`.
  package mutating func namedFiles(
    _ name: String, unset: String, _ meaning: String
  ) -> [(name: String, files: [ExternalFile])] {
    namedPaths(name, unset: unset, meaning, by: Self.readFile)
  }

  /// Reads one path, of which the line in the key is given; nil when it is none.
  typealias PathReading<Path> = (
    inout StageOptions, TOMLNode, _ option: GivenOption, _ line: String
  ) -> Path?

  private static func readFile(
    _ options: inout StageOptions, _ node: TOMLNode, of option: GivenOption, line: String
  ) -> ExternalFile? {
    options.file(in: node, of: option, line: line)
  }

  /// Reads a table of paths, one or several for each name, each of them by `read`.
  mutating func namedPaths<Path>(
    _ name: String, unset: String, _ meaning: String, by read: PathReading<Path>
  ) -> [(name: String, files: [Path])] {
    guard
      let option = declare(
        name, .table(of: .list(of: .text)), "table of paths", default: unset, meaning)
    else { return [] }
    guard case .table(let table) = option.node.value else {
      report(
        .wrongType(name, wanted: "a table of paths", option.node.value), at: option.node, of: option
      )
      return []
    }
    return table.entries.map { entry in
      let line = "\(name).\(StageKey.name(entry.key))"
      return (entry.key, paths(in: entry.node, of: option, line: line, by: read))
    }
  }

  /// Reads a path or a list of them; those of a list are numbered in the key.
  private mutating func paths<Path>(
    in node: TOMLNode, of option: GivenOption, line: String, by read: PathReading<Path>
  ) -> [Path] {
    let nodes = elements(of: node)
    if nodes.isEmpty { report(.noFiles(line), at: node, of: option) }
    var paths: [Path] = []
    for node in nodes {
      let line = nodes.count > 1 ? "\(line).\(paths.count + 1)" : line
      if let path = read(&self, node, option, line) { paths.append(path) }
    }
    return paths
  }

  private mutating func file(
    in node: TOMLNode, of option: GivenOption, line: String
  ) -> ExternalFile? {
    guard !isRecalling else {
      return text(in: node, of: option, named: line).map { ExternalFile(name: line, path: $0) }
    }
    guard let path = path(in: node, of: option, named: line) else { return nil }
    appendKeyLine(line, .file(path), option, path: written(node, of: option))
    return ExternalFile(name: line, path: path)
  }

  func written(_ node: TOMLNode, of option: GivenOption) -> WrittenPath? {
    guard case .string(let text) = node.value else { return nil }
    return WrittenPath(text, at: node.range, of: option.source)
  }

  /// A path as it is opened: relative to the definition, variables expanded.
  mutating func path(in node: TOMLNode, of option: GivenOption, named name: String) -> String? {
    guard let written = text(in: node, of: option, named: name) else { return nil }
    // System calls take a NUL for the end of the path.
    guard !written.utf8.contains(0) else {
      report(.zeroInPath(name), at: node, of: option)
      return nil
    }
    guard written != "~", !written.hasPrefix("~/") else {
      report(.tildeInPath(written), at: node, of: option)
      return nil
    }
    let expanded: String
    switch PathExpansion.expand(
      written, environment: { surroundings.value(ofVariable: $0) })
    {
    case .expanded(let path): expanded = path
    case .unset(let variable):
      report(.unsetVariable(variable), at: node, of: option)
      return nil
    }
    return expanded.hasPrefix("/") || header.folder.isEmpty
      ? expanded : "\(header.folder)/\(expanded)"
  }
}

/// Environment variables in paths: `$NAME` and `${NAME}`; nowhere else in a definition.
enum PathExpansion {
  enum Result: Equatable {
    case expanded(String)
    case unset(String)
  }

  static func environment(_ name: String) -> String? {
    unsafe getenv(name).map { unsafe String(cString: $0) }
  }

  static func expand(_ path: String, environment: (String) -> String?) -> Result {
    var result = ""
    var rest = path[...]
    while let dollar = rest.firstIndex(of: "$") {
      result += rest[..<dollar]
      rest = rest[dollar...].dropFirst()
      let isBraced = rest.first == "{"
      if isBraced { rest = rest.dropFirst() }
      let name = rest.prefix { $0 == "_" || $0.isASCII && ($0.isLetter || $0.isNumber) }
      rest = rest.dropFirst(name.count)
      if isBraced { rest = rest.dropFirst() }
      guard !name.isEmpty else {
        result += "$"
        continue
      }
      guard let value = environment(String(name)), !value.isEmpty else {
        return .unset(String(name))
      }
      result += value
    }
    return .expanded(result + rest)
  }
}

extension Diagnostic.Message {
  static func noFiles(_ name: String) -> Self {
    Self("\(name) names no file", remedy: "give at least one path")
  }

  fileprivate static func zeroInPath(_ name: String) -> Self {
    Self("\(name) has a zero character, which no path has", remedy: "take \\u0000 out of it")
  }

  fileprivate static func tildeInPath(_ path: String) -> Self {
    Self(
      "'~' stands for no folder here",
      remedy: "write $HOME\(path.dropFirst()), or ./\(path) for a folder of that name")
  }

  static func unsetVariable(_ name: String) -> Self {
    Self(
      "the environment variable \(name) is not set",
      remedy: "set it, as in `\(name)=/path/to/folder millrace …`, or write the path out")
  }
}
