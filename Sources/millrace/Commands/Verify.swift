import Artifacts
import Diagnostics
import Formats
import Pipelines

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

  func run(until interruption: Interruption) throws(Diagnostic) -> ExitCode {
    let store = try ArtifactStore.existing(chosenBy: arguments)
    var check = store.verifyAll()
    check.problems += store.problemsOfKeeping().map { .unreadable($0) }
    let (records, objects, problems) = (check.recordCount, check.objectCount, check.problems)
    if arguments.has(.json) {
      let json: JSONValue = [
        "records": .integer(records), "objects": .integer(objects),
        "problems": .array(problems.map { .string($0.description) }),
      ]
      Terminal.output.line(json.pretty)
    } else {
      for problem in problems { Terminal.output.line(Self.line(problem)) }
      Terminal.output.line(
        "\(Spelling.count(records)) records, \(Spelling.count(objects)) objects: "
          + Self.closing(problems))
    }
    return problems.isEmpty ? .fine : .storeDamaged
  }

  private static func line(_ problem: StoreProblem) -> String {
    if case .unreadable(let diagnostic) = problem { return "\(diagnostic)" }
    return "damaged: \(problem.description)"
  }

  /// `all sound`, or how many problems there are of each kind.
  private static func closing(_ problems: [StoreProblem]) -> String {
    let aside = problems.count { $0.isSetAside }
    let left = problems.count - aside
    var parts: [String] = []
    if aside > 0 { parts.append("\(Spelling.count(aside)) damaged, set aside") }
    if left > 0 { parts.append("\(Spelling.count(left)) missing, unreadable or left as they are") }
    return parts.isEmpty ? "all sound" : parts.joined(separator: "; ")
  }
}
