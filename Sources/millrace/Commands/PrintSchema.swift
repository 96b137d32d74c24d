import Diagnostics
import Pipelines
import Stages
import Views

/// `schema`: the JSON Schema of definitions.
struct PrintSchema: Command {
  static let name = "schema"
  static let summary = "print the JSON Schema of definitions, for editors"
  static let usage = ""
  static let places = WordPlaces()
  static let example = "millrace schema > pipelines/schema.json"
  static let details = """
    An editor completes and checks a definition whose first line is `#:schema schema.json`, with the
    path of the schema; the shipped ones have it.
    """
  static let options: [CommandOption] = []

  init(_ arguments: ParsedArguments) throws(Diagnostic) { _ = try arguments.words(0...0) }

  func run(until interruption: Interruption) throws(Diagnostic) -> ExitCode {
    Terminal.output.line(DefinitionSchema(of: .standard).json.pretty)
    return .fine
  }
}
