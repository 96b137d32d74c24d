import Tensors

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
  /// Whether several values may follow the name.
  let takesSeveral: Bool

  init(
    _ name: String, _ value: String?, _ kind: WordKind?, _ meaning: String, short: String? = nil,
    several: Bool = false
  ) {
    self.name = name
    self.value = value
    self.kind = kind
    self.meaning = meaning
    self.short = short
    takesSeveral = several
  }

  /// An option with a value of any kind.
  init(_ name: String, _ value: String, _ meaning: String, short: String? = nil) {
    self.init(name, value, nil, meaning, short: short)
  }

  /// A flag.
  init(_ name: String, _ meaning: String, short: String? = nil) {
    self.init(name, nil, nil, meaning, short: short)
  }

  /// An option that takes one of a few words, or several.
  init<Choice: RawRepresentable<String> & CaseIterable>(
    _ name: String, _ choice: Choice.Type, _ meaning: String, short: String? = nil,
    several: Bool = false
  ) {
    let words = Choice.allCases.map(\.rawValue)
    self.init(
      name, words.joined(separator: "|"), .choice(words), meaning, short: short, several: several)
  }

  /// Whether a word that stands behind a value is another value of this option.
  func takesAlso(_ word: String) -> Bool {
    guard takesSeveral, word == "-" || !word.hasPrefix("-") else { return false }
    guard case .choice(let words) = kind else { return true }
    return words.contains(word)
  }

  static let json = Self("--json", "print JSON, for programs")
  static let store = Self(
    "--store", "FOLDER", .file,
    "the store; else $MILLRACE_STORE, else the nearest .millrace")
  static let cache = Self(
    "--cache", "FOLDER", .file,
    "copy results from this store, only read; else $MILLRACE_CACHE")
  static let set = Self(
    "--set", "STAGE.OPTION=VALUE", .setting, "override an option; may be repeated")
  static let point = Self(
    "--point", "POINT", .point, "take a sweep's point: best, 3, or SWEEP.best")
  static let final = Self(
    "--final", "test scores that test = \"final\" keeps for the end; counted")
  static let asTrained = Self(
    "--as-trained", "take the last trained model, even if the definition has changed since")
  static let precision = Self(
    "--precision", Precision.self,
    "what operands of a network's products with weights are rounded to")
}
