import Diagnostics

/// One line of a stage's key: its name, its value, and where in the definition the value is given.
package struct KeyLine: Sendable {
  /// What the value of the line says.
  package enum Content: Hashable, Sendable {
    /// A resolved option.
    case option(OptionValue)
    /// The one option whose smaller values are steps on the way to larger ones.
    case extent(Int)
    /// The bytes of an artifact.
    case input(OutputReference)
    /// The bytes of a file outside the store.
    case file(String)
    /// The names and bytes of the files of a folder outside the store.
    case folder(FolderFiles)
  }

  package let name: String
  package let content: Content
  /// Nil for a default.
  package let place: Place?
  /// Of a file, how the definition writes its path.
  package var path: WrittenPath?
  /// The value that a key without the line has; nil for a line that every key of the kind has.
  var absence: OptionValue?
}

extension KeyLine {
  /// The value of an option; nil for inputs and files, whose values depend on their bytes.
  var ownValue: String? {
    switch content {
    case .option(let option): option.spelling
    case .extent(let extent): "\(extent)"
    case .input, .file, .folder: nil
    }
  }

  /// Whether the line is left out of the key: an option that was added later, at its default.
  package var isLeftOut: Bool {
    if case .option(let value) = content { value == absence } else { false }
  }
}

extension KeyLine.Content {
  /// The files outside the store whose bytes stand behind the name.
  package var paths: [String] {
    switch self {
    case .file(let path): [path]
    case .folder(let folder): folder.paths
    case .option, .extent, .input: []
    }
  }
}

extension PlannedStage {
  /// The first line of its key: the kind and its version.
  var kindLine: StageKey.Line {
    StageKey.Line(name: "kind", value: kind.kind + " " + String(kind.version))
  }

  /// The lines of its key that are known without its inputs: the kind and the options.
  package var optionLines: [StageKey.Line] {
    [kindLine]
      + keyLines.filter { !$0.isLeftOut }.compactMap { line in
        line.ownValue.map { StageKey.Line(name: line.name, value: $0) }
      }
  }
}
