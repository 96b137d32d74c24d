import Artifacts
import Diagnostics
import Pipelines
import Reports

/// `verify`: reads every byte of the store.
struct Verify: Command {
  static let name = "verify"
  static let summary = "check every byte of the store"
  static let usage = ""
  static let places = WordPlaces()
  static let example = "millrace verify --store .millrace"
  static let options: [CommandOption] = [.store, .json]

  private let arguments: ParsedArguments

  init(_ arguments: ParsedArguments) throws(Diagnostic) {
    self.arguments = arguments
    _ = try arguments.words(0...0)
  }

  func run(heeding interruption: Interruption) throws(Diagnostic) -> ExitCode {
    let store = try ArtifactStore.existing(chosenBy: arguments)
    let check = store.verifyAll()
    let (records, objects, problems) = (check.recordCount, check.objectCount, check.problems)
    if arguments.has(.json) {
      let json: JSONValue = [
        "records": .integer(records), "objects": .integer(objects),
        "problems": .array(problems.map { .string($0.description) }),
      ]
      Terminal.output.line(json.pretty)
    } else {
      for problem in problems { Terminal.output.line("damaged: \(problem.description)") }
      Terminal.output.line(
        "\(Spelling.count(records)) records, \(Spelling.count(objects)) objects: "
          + (problems.isEmpty ? "all sound" : "\(problems.count) damaged, set aside"))
    }
    return problems.isEmpty ? .fine : .storeDamaged
  }
}
