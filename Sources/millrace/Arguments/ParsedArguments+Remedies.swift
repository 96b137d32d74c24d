extension ParsedArguments {
  /// What words name with the point and the options that are laid over it.
  func title(_ words: [String]) -> String {
    let point = value(.point).map { ["--point \($0)"] } ?? []
    return (words + point + values(.set).map { "--set \($0)" }).joined(separator: " ")
  }

  /// What decides which results a command works with.
  private static let choosing: [CommandOption] = [
    .set, .point, ChosenSweep.seeds, ChosenSweep.best, .store,
  ]

  /// A command that a person may run next on the same results, as a shell takes it: with the options
  /// given here that choose them, as far as it has them.
  func next(_ command: any Command.Type, _ words: String...) -> String { next(command, words) }

  func next(_ command: any Command.Type, _ words: [String]) -> String {
    let options = Self.choosing.filter { option in
      command.options.contains { $0.name == option.name }
    }.flatMap { option in values(option).flatMap { [option.name, $0] } }
    return (["millrace", command.name] + words + options).map(SweepAdvice.shellQuoted)
      .joined(separator: " ")
  }
}
