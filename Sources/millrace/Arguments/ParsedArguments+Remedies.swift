import Diagnostics

extension ParsedArguments {
  /// The words with the given point and settings, as a title.
  func title(_ words: [String]) -> String {
    let point = value(.point).map { ["--point \($0)"] } ?? []
    return (words + point + values(.set).map { "--set \($0)" }).joined(separator: " ")
  }

  /// The options that decide which results a command works with.
  private static let choosing: [CommandOption] = [
    .set, .point, ChosenSweep.seeds, ChosenSweep.best, .store,
  ]

  /// A command to run next on the results of this one, as typed into a shell.
  ///
  /// It repeats the given options that choose the results, as far as the command has them.
  func next(_ command: any Command.Type, _ words: String...) -> String { next(command, words) }

  func next(_ command: any Command.Type, _ words: [String]) -> String {
    let options = Self.choosing.filter { option in
      command.options.contains { $0.name == option.name }
    }.flatMap { option in values(option).flatMap { [option.name, $0] } }
    return ShellWord.line(["millrace", command.name] + words + options)
  }
}
