import Diagnostics
import TOML

/// The options of one stage while its initialiser declares and reads them.
///
/// One line per option does everything: it decodes the value and points at it when it is wrong,
/// gives the default and the help text, and writes the line of the key. A problem is collected and
/// a stand-in returned, so that one pass finds every problem of a definition.
package struct StageOptions {
  package let kind: String
  /// The seed of the pipeline, for stages that draw random numbers.
  let pipelineSeed: UInt64
  let header: Header
  let resolver: any ReferenceResolver
  private(set) var given: [String: GivenOption]
  /// Whether options are only declared, for a manual: every value is its default.
  let isDescribing: Bool
  /// Whether options that a model stored are read: its inputs and files are not on the disk.
  let isRecalling: Bool
  var readNames: Set<String> = []
  /// Whether the options being read were added to the kind after keys had been made with it.
  var isAdding = false
  /// The condition that is not met, so that the options being read have no effect; nil when all are.
  var unmet: OptionCondition?

  package internal(set) var declarations: [OptionDeclaration] = []
  package private(set) var keyLines: [KeyLine] = []
  /// The lines of another stage of the kind, most of which are this one's too.
  private let usualLines: [KeyLine]
  package internal(set) var problems: [Diagnostic] = []
  /// What options may refer to.
  private(set) var readableTypes: Set<ArtifactType> = []
  /// Every artifact that is read, in the order of the options.
  package private(set) var inputs: [StageInput] = []

  /// Whether a reference led to a stage with problems of its own, which are reported there.
  var leadsToProblem = false
  /// What was read beside the definition.
  var surroundings = Surroundings()

  /// The stage's name, and the place of its `[stage.NAME]`.
  struct Header {
    let name: String
    let range: SourceRange
    let source: TOMLSource
    /// The folder that paths are relative to.
    let folder: String
  }

  /// - Parameter usualLines: the lines of another stage of the kind; empty where there is none.
  init(
    kind: String, header: Header, given: [GivenOption], seed: UInt64,
    resolver: any ReferenceResolver, isDescribing: Bool = false, isRecalling: Bool = false,
    usualLines: [KeyLine] = []
  ) {
    self.kind = kind
    self.header = header
    self.given = Dictionary(given.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
    pipelineSeed = seed
    self.resolver = resolver
    self.isDescribing = isDescribing
    self.isRecalling = isRecalling
    self.usualLines = usualLines
    keyLines.reserveCapacity(usualLines.count)
    readNames.reserveCapacity(usualLines.count)
  }

  /// Declares an option and returns what was given for it.
  ///
  /// - Parameters:
  ///   - shape: what the value looks like.
  ///   - words: the only ones it may be, where there are few.
  ///   - defaultValue: as a definition spells it; nil when the option must be given.
  ///   - type: what the option may refer to, if it is a reference.
  mutating func declare(
    _ name: String, _ shape: @autoclosure () -> OptionShape,
    _ expectation: @autoclosure () -> String,
    among words: @autoclosure () -> [String] = [],
    default defaultValue: @autoclosure () -> String?, referringTo type: ArtifactType? = nil,
    _ meaning: String
  ) -> GivenOption? {
    readNames.insert(name)
    if isDescribing {
      if let type { readableTypes.insert(type) }
      declarations.append(
        OptionDeclaration(
          name: name, shape: shape(), expectation: expectation(), words: words(),
          defaultValue: defaultValue(),
          meaning: meaning))
      return nil
    }
    let option = given[name]
    if let unmet, !isRecalling {
      if let option {
        problems.append(
          option.source.diagnostic(.meansNothing(name, unmet), at: option.nameRange))
      }
      return nil
    }
    if option == nil, defaultValue() == nil {
      let message = Diagnostic.Message.missingOption(
        name, kind: kind, expectation: expectation(), misspelt: misspelling(of: name))
      problems.append(header.source.diagnostic(message, at: header.range))
    }
    return option
  }

  /// Adds the line of an option to the key.
  ///
  /// - Parameter standard: its default; nil for an option without one.
  mutating func appendKeyLine(
    _ name: String, _ value: OptionValue, default standard: OptionValue?, _ given: GivenOption?
  ) {
    appendKeyLine(name, .option(value), given, absence: isAdding ? standard : nil)
  }

  mutating func appendKeyLine(
    _ name: String, _ content: KeyLine.Content, _ given: GivenOption?, path: WrittenPath? = nil,
    absence: OptionValue? = nil
  ) {
    if given == nil, path == nil, keyLines.count < usualLines.count {
      let usual = usualLines[keyLines.count]
      if usual.isDefault(name, content, absence: absence) { return keyLines.append(usual) }
    }
    keyLines.append(
      KeyLine(
        name: name, content: content, place: given.map { $0.source.place(of: $0.nameRange) },
        path: path, absence: absence))
  }

  /// Adds a line to the key, for a value that was worked out from options that are not in it.
  package mutating func key(_ name: String, _ value: OptionValue) {
    appendKeyLine(name, value, default: nil, nil)
  }

  mutating func appendInput(_ input: StageInput, _ given: GivenOption?) {
    inputs.append(input)
    appendKeyLine(input.name, .input(input.source), given)
  }

  mutating func report(_ message: Diagnostic.Message, at node: TOMLNode, of option: GivenOption) {
    problems.append(option.source.diagnostic(message, at: node.range))
  }

  /// Reports that an option's value cannot be used, pointing at the value, or at the stage's header
  /// when it was left out.
  package mutating func reject(_ name: String, _ message: Diagnostic.Message) {
    if let option = given[name] {
      report(message, at: option.node, of: option)
    } else if !isDescribing {
      problems.append(header.source.diagnostic(message, at: header.range))
    }
  }

  /// Reports what is wrong in a file that an option names: where the file has it, as far as that is known.
  ///
  /// - Parameter remedy: for a problem that has none.
  package mutating func reject(fileOf name: String, _ problem: Diagnostic, remedy: String) {
    let message = Diagnostic.Message(
      problem.message.problem, remedy: problem.message.remedy ?? remedy)
    if problem.place == nil { return reject(name, message) }
    if given[name] == nil, isDescribing { return }
    problems.append(Diagnostic(message, at: problem.place, excerpt: problem.excerpt))
  }

  /// The folder of the definition, which paths are relative to; empty for the working folder.
  package var folder: String { header.folder }

  /// Whether the definition gives this option, however it is spelled.
  package func isGiven(_ name: String) -> Bool { given[name] != nil }

  /// Reports every option that no line of the initialiser has read.
  ///
  /// - Parameter declared: the options that the kind has in all its forms.
  mutating func reportUnknown(among declared: @autoclosure () -> [OptionDeclaration]) {
    let unread = given.values.filter { !readNames.contains($0.name) && $0.name != "kind" }
    guard !unread.isEmpty else { return }
    let (declared, candidates) = (declared(), readNames.sorted())
    for option in unread.sorted(by: { $0.name < $1.name }) {
      let conditions = declared.filter { $0.name == option.name }.compactMap(\.condition)
      let message: Diagnostic.Message =
        conditions.isEmpty
        ? .unknownOption(option.name, kind: kind, among: candidates)
        : .meansNothing(option.name, without: conditions, kind: kind)
      problems.append(option.source.diagnostic(message, at: option.nameRange))
    }
  }

  /// Lets an option take the place of another of its name.
  mutating func replaceGiven(_ option: GivenOption) { given[option.name] = option }

  /// Takes back every such replacement.
  mutating func restoreGiven(from options: StageOptions) { given = options.given }

  private func misspelling(of name: String) -> String? {
    Suggestion.nearest(to: name, among: given.keys.filter { !readNames.contains($0) }.sorted())
  }
}

extension Diagnostic.Message {
  static func missingOption(
    _ name: String, kind: String, expectation: String, misspelt: String?
  ) -> Self {
    Self(
      "\(kind) needs the option '\(name)'",
      remedy: misspelt.map { "spell '\($0)' as '\(name)'" } ?? "add \(name) = \(expectation)")
  }

  static func unknownOption(_ name: String, kind: String, among known: [String]) -> Self {
    Self(
      "\(kind) has no option '\(name)'\(Suggestion.ending(for: name, among: known))",
      remedy: "`millrace stages \(kind)` lists its options")
  }

  static func wrongType(_ name: String, wanted: String, _ value: TOMLValue) -> Self {
    Self("\(name) wants \(wanted), but this is \(value.typeName)", remedy: "give \(wanted)")
  }
}
