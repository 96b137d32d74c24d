import Diagnostics
import Formats
import Pipelines
import Stages
import Views

/// `schema`: the JSON Schema of definitions, or of what a command prints.
struct PrintSchema: Command {
  static let name = "schema"
  static let summary = "print the JSON Schema of definitions, or of a command's --json"
  static let usage = ""
  static let places = WordPlaces()
  static let example = "millrace schema > pipelines/schema.json"
  static let details = """
    An editor completes and checks a definition whose first line is `#:schema schema.json`, with the
    path of the schema; the shipped ones have it.
    """
  private static let command = CommandOption(
    "--json", "COMMAND", .choice(CommandList.contracts.keys.sorted()),
    "the schema of what this command prints with --json, with its version")
  static let options: [CommandOption] = [command]

  private let contract: (command: String, contract: OutputContract)?

  init(_ arguments: ParsedArguments) throws(Diagnostic) {
    _ = try arguments.words(0...0)
    guard let name = arguments.value(Self.command) else {
      contract = nil
      return
    }
    guard let found = CommandList.contracts[name] else {
      throw Diagnostic(.noContract(name, among: CommandList.contracts.keys.sorted()))
    }
    contract = (name, found)
  }

  func run(until interruption: Interruption) throws(Diagnostic) -> ExitCode {
    let json = contract?.contract.schema(of: contract?.command ?? "")
    Terminal.output.line((json ?? DefinitionSchema(of: .standard).json).pretty)
    return .fine
  }
}

extension Diagnostic.Message {
  fileprivate static func noContract(_ name: String, among names: [String]) -> Self {
    Self(
      "no command '\(name)' prints JSON\(Suggestion.ending(for: name, among: names))",
      remedy: "the commands are \(names.joined(separator: ", "))")
  }
}
