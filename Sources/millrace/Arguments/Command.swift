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
  /// What the words of `usage` name.
  static var places: WordPlaces { get }
  static var options: [CommandOption] { get }
  /// A command that works with the shipped files.
  static var example: String { get }
  /// Further details, shown below the options by `--help`.
  static var details: String { get }

  init(_ arguments: ParsedArguments) throws(Diagnostic)

  /// Does what was asked.
  ///
  /// - Parameter interruption: a request to stop; stages that run stop at a checkpoint.
  func run(until interruption: Interruption) throws(Diagnostic) -> ExitCode
}

extension Command {
  static var details: String { "" }
}
