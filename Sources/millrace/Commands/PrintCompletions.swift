import Diagnostics
import Pipelines

/// `completions`: the script that a shell reads.
struct PrintCompletions: Command {
  static let name = "completions"
  static let summary = "print what completes commands, stages and options in your shell"
  static let usage = "bash|zsh|fish"
  static let places = WordPlaces([.choice(ShellScript.allCases.map(\.rawValue))])
  static let example = "eval \"$(millrace completions bash)\""
  static let options: [CommandOption] = []

  private let shell: ShellScript

  init(_ arguments: ParsedArguments) throws(Diagnostic) {
    let name = try arguments.words(1...1)[0]
    guard let shell = ShellScript(rawValue: name) else {
      throw Diagnostic(.unknownShell(name))
    }
    self.shell = shell
  }

  func run(until interruption: Interruption) throws(Diagnostic) -> ExitCode {
    Terminal.output.line(shell.text)
    return .fine
  }
}

/// `complete`: the words that may come next, for the scripts of `completions`.
struct Complete: Command {
  static let name = "complete"
  static let summary = "say what may come next on a command line"
  static let usage = "-- WORD…"
  static let places = WordPlaces()
  static let example = "millrace complete -- show pipelines/classify-bios.toml tr"
  static let options: [CommandOption] = []

  private let completion: Completion

  init(_ arguments: ParsedArguments) throws(Diagnostic) {
    completion = Completion(of: arguments.words)
  }

  func run(until interruption: Interruption) throws(Diagnostic) -> ExitCode {
    for (name, meaning) in completion.candidates { Terminal.output.line("\(name)\t\(meaning)") }
    if completion.wantsFiles { Terminal.output.line(":files") }
    return .fine
  }
}

extension Diagnostic.Message {
  fileprivate static func unknownShell(_ name: String) -> Self {
    let names = ShellScript.allCases.map(\.rawValue)
    return Self(
      "there are no completions for '\(name)'\(Suggestion.ending(for: name, among: names))",
      remedy: "use \(names.joined(separator: ", "))")
  }
}
