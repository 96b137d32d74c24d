/// One `--option` of a command.
struct CommandOption: Sendable {
  let name: String
  /// The value's name in the help text; nil for a flag.
  let value: String?
  /// What the value names; nil for a value of any kind.
  let kind: WordKind?
  let meaning: String
  /// A shorter name: `-o`.
  let short: String?

  init(
    _ name: String, _ value: String?, _ kind: WordKind?, _ meaning: String, short: String? = nil
  ) {
    self.name = name
    self.value = value
    self.kind = kind
    self.meaning = meaning
    self.short = short
  }

  /// An option with a value of any kind.
  init(_ name: String, _ value: String, _ meaning: String) { self.init(name, value, nil, meaning) }

  /// A flag.
  init(_ name: String, _ meaning: String) { self.init(name, nil, nil, meaning) }

  /// An option that takes one of a few words.
  init<Choice: RawRepresentable<String> & CaseIterable>(
    _ name: String, _ choice: Choice.Type, _ meaning: String
  ) {
    let words = Choice.allCases.map(\.rawValue)
    self.init(name, words.joined(separator: "|"), .choice(words), meaning)
  }

  static let json = Self("--json", "print JSON, for programs")
  static let store = Self(
    "--store", "FOLDER", .file,
    "the store; else $MILLRACE_STORE, else the nearest .millrace")
  static let set = Self(
    "--set", "STAGE.OPTION=VALUE", .setting, "override an option; may be repeated")
  static let point = Self(
    "--point", "POINT", .point, "take a sweep's point: best, 3, or SWEEP.best")
  static let final = Self(
    "--final", "compute and show test scores that test = \"final\" keeps for the end; counted")
  static let asTrained = Self(
    "--as-trained", "take the last trained model, even if the definition has changed since")
}
