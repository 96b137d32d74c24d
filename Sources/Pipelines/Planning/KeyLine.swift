import Diagnostics

/// One line of a stage's key: its name, its value, and where in the definition the value is given.
///
/// Stages of one kind share the lines of options that they leave at their defaults.
package final class KeyLine: Sendable {
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
  package let path: WrittenPath?
  /// The value that a key without the line has; nil for a line that every key of the kind has.
  let absence: OptionValue?

  init(
    name: String, content: Content, place: Place?, path: WrittenPath? = nil,
    absence: OptionValue? = nil
  ) {
    self.name = name
    self.content = content
    self.place = place
    self.path = path
    self.absence = absence
  }
}

extension KeyLine {
  /// Whether it is the line of an option that was not given, with this name and value.
  func isDefault(_ name: String, _ content: Content, absence: OptionValue?) -> Bool {
    place == nil && path == nil && self.name == name && self.content == content
      && self.absence == absence
  }

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
  /// Whether it is bytes outside the store.
  var isOutside: Bool {
    switch self {
    case .file, .folder: true
    case .option, .extent, .input: false
    }
  }

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
