import Artifacts
import Diagnostics

/// `verify`: reads every byte of the store.
struct Verify: Command {
  static let name = "verify"
  static let summary = "check every byte of the store"
  static let usage = ""
  static let example = "millrace verify --store .millrace"
  static let options: [CommandOption] = [.store, .json]

  private let arguments: ParsedArguments

  init(_ arguments: ParsedArguments) throws(Diagnostic) {
    self.arguments = arguments
    _ = try arguments.words(0...0)
  }

  func run() throws(Diagnostic) -> ExitCode {
    let store = try ArtifactStore.chosen(by: arguments)
    let result = try store.verifyAll()
    if arguments.has(.json) {
      Terminal.output.line(
        JSONValue.object([
          ("records", .integer(Int64(result.recordCount))),
          ("objects", .integer(Int64(result.objectCount))),
          ("bytes", .integer(Int64(result.byteCount))),
          ("problems", .array(result.problems.map(\.json))),
        ]).pretty)
    } else {
      for problem in result.problems { Terminal.output.line("\(problem)") }
      Terminal.output.line(
        """
        \(Spelling.count(result.recordCount)) records, \(Spelling.count(result.objectCount)) objects, \
        \(Spelling.bytes(result.byteCount)); \
        \(result.problems.isEmpty ? "all sound" : "\(result.problems.count) damaged")
        """)
    }
    return result.problems.isEmpty ? .fine : .storeDamaged
  }
}
