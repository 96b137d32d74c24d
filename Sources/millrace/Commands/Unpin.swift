import Artifacts
import Diagnostics
import Formats
import Pipelines

/// `unpin`: lets `gc` remove what a pin kept.
struct Unpin: Command {
  static let name = "unpin"
  static let summary = "no longer keep what was pinned"
  static let usage = "NAME…"
  static let places = WordPlaces(rest: [.pin])
  static let example = "millrace unpin best   (`millrace pin` lists the names)"
  static let options: [CommandOption] = [.store, .json]

  private let arguments: ParsedArguments
  private let names: [String]

  init(_ arguments: ParsedArguments) throws(Diagnostic) {
    self.arguments = arguments
    names = try arguments.words(1...Int.max)
  }

  func run(until interruption: Interruption) throws(Diagnostic) -> ExitCode {
    let store = try ArtifactStore.holdingResults(chosenBy: arguments)
    let known = try store.pinNames()
    for name in names where !known.contains(name) { throw Diagnostic(.noPin(name, among: known)) }
    for name in names { try store.removePin(named: name) }
    if arguments.has(.json) {
      let json: JSONValue = ["unpinned": .array(names.map { .string($0) })]
      Terminal.output.line(json.pretty)
    } else {
      for name in names { Terminal.output.line("unpinned '\(name)'") }
    }
    return .fine
  }
}

extension Diagnostic.Message {
  fileprivate static func noPin(_ name: String, among names: [String]) -> Self {
    Self(
      "there is no pin '\(name)'\(Suggestion.ending(for: name, among: names))",
      remedy: "`millrace pin` lists the pins")
  }
}
