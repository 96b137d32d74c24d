import Diagnostics
import Pipelines

/// One verb of the program.
protocol Command: Sendable {
  /// The verb: `run`.
  static var name: String { get }
  /// One line for the list of commands.
  static var summary: String { get }
  /// What follows the verb: `FILE [STAGE…]`.
  static var usage: String { get }
  /// What those words name.
  static var places: WordPlaces { get }
  static var options: [CommandOption] { get }
  /// A command that works with the shipped files.
  static var example: String { get }
  /// What else a person must know; below the options on the screen of `--help`.
  static var details: String { get }

  init(_ arguments: ParsedArguments) throws(Diagnostic)

  /// Does what was asked.
  ///
  /// - Parameter interruption: what runs stages stops at a checkpoint when it is wished.
  func run(heeding interruption: Interruption) throws(Diagnostic) -> ExitCode
}

extension Command {
  static var details: String { "" }
}
