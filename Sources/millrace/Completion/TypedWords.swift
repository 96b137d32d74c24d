/// The finished words after the verb of a command line that is being typed.
struct TypedWords {
  /// The words that are neither options nor values of options.
  private(set) var plain: [String] = []
  /// The option that waits for its value.
  private(set) var open: CommandOption?
  let arguments: ParsedArguments?

  init(_ words: some Collection<String>, of command: any Command.Type) {
    for word in words {
      if open != nil {
        open = nil
      } else if let option = command.options.first(where: { $0.name == word || $0.short == word }) {
        open = option.value == nil ? nil : option
      } else {
        plain.append(word)
      }
    }
    arguments = try? ParsedArguments(words.dropLast(open == nil ? 0 : 1), for: command)
  }

  /// The words as the program would receive them.
  ///
  /// `--name=value` becomes two words. Bash takes `=` for a word of its own: `--name = value` are
  /// two words, and `train.hidden = 32` is one.
  static func joined(_ typed: [String]) -> [String] {
    var words: [String] = []
    var isContinued = false
    for word in typed {
      if isContinued {
        words[words.count - 1] += word
        isContinued = word == "="
      } else if word == "=", let last = words.last {
        if last.hasPrefix("--") { words.append("") } else { words[words.count - 1] += "=" }
        isContinued = true
      } else if word.hasPrefix("--") {
        let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        words += parts.map(String.init)
      } else {
        words.append(word)
      }
    }
    return words
  }
}
