import Diagnostics

/// The arguments after a verb, sorted into options and words.
struct ParsedArguments {
  private(set) var words: [String] = []
  private var flags: [String] = []
  private var valuedOptions: [ValuedOption] = []
  let command: any Command.Type
  /// All of them, as they were given.
  private let given: [String]
  /// Where among these each option stands, with its values.
  private var spans: [OptionSpan] = []
  /// What stands for the text of the definition that they name; nil for what is in its file.
  var heldDefinition: [UInt8]?

  /// The values of an option.
  private struct ValuedOption {
    let option: String
    var values: [String] = []
    /// For each value, how many words come before it.
    var places: [Int] = []
  }

  private struct OptionSpan {
    let option: String
    let span: Range<Int>
  }

  /// Sorts the words; `--name value`, `--name=value`, `-n value` and a final `--` are understood.
  ///
  /// - Throws: for an option the command does not have, or one without its value.
  init(_ arguments: [String], for command: any Command.Type) throws(Diagnostic) {
    self.command = command
    given = arguments
    var rest = arguments[...]
    while let word = rest.popFirst() {
      let start = rest.startIndex - 1
      if word == "--" {
        words += rest
        break
      }
      let short = command.options.first { $0.short == word }
      guard word.hasPrefix("--") || short != nil else {
        words.append(word)
        continue
      }
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = short?.name ?? String(parts[0])
      guard let option = command.options.first(where: { $0.name == name }) else {
        throw Diagnostic(.unknownOption(name, of: command))
      }
      guard let valueName = option.value else {
        guard parts.count == 1 else { throw Diagnostic(.flagWithValue(name)) }
        flags.append(name)
        spans.append(OptionSpan(option: name, span: start..<rest.startIndex))
        continue
      }
      guard let value = parts.count > 1 ? String(parts[1]) : rest.popFirst() else {
        throw Diagnostic(.valueMissing(name, valueName))
      }
      append(value, to: name)
      while let next = rest.first, option.takesAlso(next) {
        append(next, to: name)
        rest.removeFirst()
      }
      spans.append(OptionSpan(option: name, span: start..<rest.startIndex))
    }
  }

  /// All of them as they were given, but for some options and their values.
  func given(without options: [CommandOption]) -> [String] {
    let left = spans.filter { found in options.contains { $0.name == found.option } }
    var rest = given
    for left in left.reversed() { rest.removeSubrange(left.span) }
    return rest
  }

  private mutating func append(_ value: String, to name: String) {
    let index = index(of: name)
    valuedOptions[index].values.append(value)
    valuedOptions[index].places.append(words.count)
  }

  /// The place of an option among those with values, where it is added if it is not there.
  private mutating func index(of name: String) -> Int {
    if let index = valuedOptions.firstIndex(where: { $0.option == name }) { return index }
    valuedOptions.append(ValuedOption(option: name))
    return valuedOptions.count - 1
  }

  private func valued(_ option: CommandOption) -> ValuedOption {
    valuedOptions.first { $0.option == option.name } ?? ValuedOption(option: option.name)
  }

  func has(_ option: CommandOption) -> Bool { flags.contains(option.name) }

  /// Whether no other options than these were given.
  func hasOnly(_ options: [CommandOption]) -> Bool {
    spans.allSatisfy { span in options.contains { $0.name == span.option } }
  }

  func values(_ option: CommandOption) -> [String] { valued(option).values }

  func value(_ option: CommandOption) -> String? { valued(option).values.last }

  /// A copy with other values of an option; without the option when there are none.
  func replacing(_ option: CommandOption, with values: [String]) -> ParsedArguments {
    var others = self
    let index = others.index(of: option.name)
    others.valuedOptions[index].values = values
    return others
  }

  /// A copy that has, of some options, only the values that belong to a word.
  ///
  /// These are the values between the word and the next one, and those before all words.
  func belonging(toWord number: Int, _ options: [CommandOption]) -> ParsedArguments {
    options.reduce(self) { arguments, option in
      let placed = zip(valued(option).values, valued(option).places)
      return arguments.replacing(
        option, with: placed.filter { $0.1 == 0 || $0.1 == number }.map(\.0))
    }
  }

  /// The value of an option as a whole number.
  func number(_ option: CommandOption, from minimum: Int) throws(Diagnostic) -> Int? {
    guard let text = value(option) else { return nil }
    guard let number = Int(text), number >= minimum else {
      let isWhole = text.utf8.allSatisfy { (0x30...0x39).contains($0) } && Int(text) == nil
      throw Diagnostic(
        isWhole && !text.isEmpty
          ? .tooLarge(option.name, text) : .notANumber(option.name, text, minimum))
    }
    return number
  }

  /// The value of an option as a number from −100 to 100.
  func decimal(_ option: CommandOption) throws(Diagnostic) -> Float? {
    guard let text = value(option) else { return nil }
    guard let number = Float(text), number.isFinite, abs(number) <= 100 else {
      throw Diagnostic(.notADecimal(option.name, text))
    }
    return number
  }

  /// The words, when there are as many as the command takes.
  func words(_ count: ClosedRange<Int>) throws(Diagnostic) -> [String] {
    guard count.contains(words.count) else {
      throw Diagnostic(.wrongWordCount(words.count, of: command))
    }
    return words
  }
}

extension Diagnostic.Message {
  fileprivate static func unknownOption(_ name: String, of command: any Command.Type) -> Self {
    let names = command.options.map(\.name)
    return Self(
      "`\(command.name)` has no option '\(name)'\(Suggestion.ending(for: name, among: names))",
      remedy: "`millrace \(command.name) --help` lists them")
  }

  fileprivate static func flagWithValue(_ name: String) -> Self {
    Self("\(name) takes no value", remedy: "write \(name) alone")
  }

  fileprivate static func valueMissing(_ name: String, _ value: String) -> Self {
    Self("\(name) needs a value", remedy: "write \(name) \(value)")
  }

  fileprivate static func notANumber(_ name: String, _ text: String, _ minimum: Int) -> Self {
    Self(
      "\(name) wants a whole number from \(minimum), but this is '\(text)'",
      remedy: "write for example \(name) \(minimum + 1)")
  }

  fileprivate static func tooLarge(_ name: String, _ text: String) -> Self {
    Self(
      "\(name) wants a number that fits in 64 bits, but this is '\(text)'",
      remedy: "give at most \(Int.max)")
  }

  fileprivate static func notADecimal(_ name: String, _ text: String) -> Self {
    Self(
      "\(name) wants a number from -100 to 100, but this is '\(text)'",
      remedy: "write for example \(name) 0.5")
  }

  fileprivate static func wrongWordCount(_ count: Int, of command: any Command.Type) -> Self {
    Self(
      "`\(command.name)` takes \(command.usage), but \(count == 0 ? "nothing" : Spelling.count(count, "word")) came",
      remedy: "`millrace \(command.name) --help` shows an example")
  }
}
