import Diagnostics

/// One verb of the program.
protocol Command: Sendable {
  /// The verb: `run`.
  static var name: String { get }
  /// One line for the list of commands.
  static var summary: String { get }
  /// What follows the verb: `FILE [STAGE…]`.
  static var usage: String { get }
  static var options: [CommandOption] { get }
  /// A command that works with the shipped files.
  static var example: String { get }
  /// What else a person must know; below the options on the screen of `--help`.
  static var details: String { get }

  init(_ arguments: ParsedArguments) throws(Diagnostic)

  func run() throws(Diagnostic) -> ExitCode
}

extension Command {
  static var details: String { "" }
}

/// One `--option` of a command.
struct CommandOption: Sendable {
  let name: String
  /// The value's name in the help text; nil for a flag.
  let value: String?
  let meaning: String
  /// A shorter name: `-o`.
  let short: String?

  init(_ name: String, _ value: String?, _ meaning: String, short: String? = nil) {
    self.name = name
    self.value = value
    self.meaning = meaning
    self.short = short
  }

  /// A flag.
  init(_ name: String, _ meaning: String) { self.init(name, nil, meaning) }

  static let json = Self("--json", "print JSON, for programs")
  static let store = Self("--store", "FOLDER", "the store; else $MILLRACE_STORE, else .millrace")
  static let set = Self("--set", "STAGE.OPTION=VALUE", "override an option; may be repeated")
  static let point = Self("--point", "POINT", "take a sweep's point: best, 3, or SWEEP.best")
}
