import Artifacts
import Diagnostics
import Formats
import Pipelines
import Views

/// `runs`: the history of a store.
struct ListRuns: Command {
  static let name = "runs"
  static let summary = "list past runs: scores, duration, and what changed against the one before"
  static let usage = "[FILE]"
  static let places = WordPlaces([.file])
  static let details = """
    `millrace show RUN` tells of one run stage by stage, `millrace diff RUN RUN` compares two,
    `millrace pin RUN` keeps one. How many runs a store remembers is up to `millrace gc`.
    """
  static let example = "millrace runs pipelines/classify-bios.toml --last 5"
  static let last = CommandOption("--last", "N", "how many to list; 20 unless given")
  static let options: [CommandOption] = [last, OutputFormat.option, .store, .json]

  private let arguments: ParsedArguments
  private let file: String?
  private let count: Int
  private let format: OutputFormat

  init(_ arguments: ParsedArguments) throws(Diagnostic) {
    self.arguments = arguments
    file = try arguments.words(0...1).first
    count = try arguments.number(Self.last, from: 1) ?? 20
    format = try OutputFormat(arguments)
  }

  func run(until interruption: Interruption) throws(Diagnostic) -> ExitCode {
    let store = try ArtifactStore.lookedInto(by: arguments)
    let history = try RunHistory(
      of: store, count: count, path: file.map { DefinitionRoot.canonical($0) })
    let terminal = Terminal.output
    switch format {
    case .json: terminal.line(history.json.pretty)
    case .text: for line in history.text(width: terminal.width) { terminal.line(line) }
    case .csv, .markdown:
      for line in try format.lines(of: history.tables) { terminal.line(line) }
    }
    return .fine
  }
}
