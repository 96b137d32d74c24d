import Diagnostics
import Formats
import Pipelines
import Reports
import Stages

/// `stages`: the stage kinds, or the manual of one.
struct ListStages: Command {
  static let name = "stages"
  static let summary = "list the stage kinds, or explain one"
  static let usage = "[KIND]"
  static let places = WordPlaces([.stageKind])
  static let example = "millrace stages tokenize"
  static let options: [CommandOption] = [.json]

  private let arguments: ParsedArguments
  private let kinds: [any Stage.Type]
  private let isManual: Bool

  init(_ arguments: ParsedArguments) throws(Diagnostic) {
    self.arguments = arguments
    let catalog = StageCatalog.standard
    let words = try arguments.words(0...1)
    isManual = !words.isEmpty
    guard let name = words.first else {
      kinds = catalog.kinds
      return
    }
    guard let kind = catalog[name] else {
      throw Diagnostic(.unknownKind(name, among: catalog.names))
    }
    kinds = [kind]
  }

  func run(until interruption: Interruption) throws(Diagnostic) -> ExitCode {
    let terminal = Terminal.output
    if arguments.has(.json) {
      terminal.line(JSONValue.array(kinds.map(json)).pretty)
    } else if isManual {
      for kind in kinds { manual(of: kind, terminal) }
    } else {
      let width = kinds.map { $0.kind.count }.max() ?? 0
      for kind in kinds {
        let firstLine = kind.manual.prefix { $0 != "\n" }
        terminal.line("  \(kind.kind.padded(to: width))  ", String(firstLine))
      }
      terminal.line("`millrace stages KIND` lists a kind's options")
    }
    return .fine
  }

  private func manual(of kind: any Stage.Type, _ terminal: Terminal) {
    let manual = kind.manual.split(
      separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
    terminal.line("\(terminal.styled(kind.kind, .bold)) \(kind.version): ", String(manual[0]))
    if manual.count > 1 { terminal.paragraphs(String(manual[1])) }
    terminal.line()
    let options = StageCatalog.standard.describe(kind)
    let width = options.map(\.name.count).max() ?? 0
    var condition: String?
    for option in options {
      if let needed = option.condition, needed != condition {
        terminal.line("\nwith \(terminal.styled(needed, .bold))")
      }
      condition = option.condition
      let standard = option.defaultValue.map { "default \($0)" } ?? "required"
      let name = terminal.styled(option.name.padded(to: width), .bold)
      let indent = String(repeating: " ", count: width + 4)
      let room = max(20, terminal.textWidth - indent.count)
      let expected = "\(option.expectation); \(standard)".wrapped(to: room)
      terminal.line("  \(name)  \(expected[0])")
      for line in expected.dropFirst() + option.meaning.wrapped(to: room) {
        terminal.line(indent + line)
      }
    }
  }

  private func json(_ kind: any Stage.Type) -> JSONValue {
    let options = StageCatalog.standard.describe(kind).map { option in
      [
        "name": .string(option.name), "expects": .string(option.expectation),
        "default": option.defaultValue.map(JSONValue.string) ?? .null,
        "meaning": .string(option.meaning),
        "condition": option.condition.map(JSONValue.string) ?? .null,
      ] as JSONValue
    }
    return [
      "kind": .string(kind.kind), "version": .integer(kind.version),
      "manual": .string(kind.manual), "options": .array(options),
    ]
  }
}
