import Diagnostics
import TOML

extension StageOptions {
  /// Reads true or false.
  ///
  /// - Parameter shown: the default in words, where it depends on other options.
  package mutating func flag(
    _ name: String, default standard: Bool, shown: String? = nil, _ meaning: String
  ) -> Bool {
    let option = declare(
      name, .flag, "true or false", among: ["true", "false"], default: shown ?? "\(standard)",
      meaning)
    var value = standard
    if let option {
      if case .boolean(let given) = option.node.value {
        value = given
      } else {
        report(
          .wrongType(name, wanted: "true or false", option.node.value), at: option.node, of: option)
      }
    }
    appendKeyLine(name, .flag(value), default: .flag(standard), option)
    return value
  }

  /// Reads true or false, false unless given, of an option whose `true` has come to mean something
  /// else since keys were first made with it.
  ///
  /// A key holds the number of the meaning instead of `true`, so that nothing made under another is
  /// taken for it. A model keeps to the meaning it was trained with.
  ///
  /// - Parameter revision: the number of what `true` means now, from 2 on.
  /// - Returns: the number of what is meant, 1 for the first meaning; nil for false.
  package mutating func revisedFlag(
    _ name: String, revision: Int, _ meaning: String
  ) -> Int? {
    let option = declare(
      name, .flag, "true or false", among: ["true", "false"], default: "false", meaning)
    var meant: Int?
    if let option {
      switch option.node.value {
      case .boolean(let given): meant = given ? (isRecalling ? 1 : revision) : nil
      case .integer(let number) where isRecalling: meant = Int(number)
      default:
        report(
          .wrongType(name, wanted: "true or false", option.node.value), at: option.node, of: option)
      }
    }
    let value = meant.map { $0 == 1 ? OptionValue.flag(true) : .integer($0) } ?? .flag(false)
    appendKeyLine(name, value, default: .flag(false), option)
    return meant
  }

  /// Reads one of a few names.
  package mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ name: String, default standard: Choice, isKeyed: Bool = true, _ meaning: String
  ) -> Choice {
    let chosen = choice(
      name, among: Choice.allCases.map { $0.rawValue }, default: standard.rawValue,
      isKeyed: isKeyed, meaning)
    return Choice(rawValue: chosen) ?? standard
  }

  /// Reads one of a few names.
  package mutating func choice(
    _ name: String, among names: @autoclosure () -> [String], default standard: String,
    isKeyed: Bool = true, _ meaning: String
  ) -> String {
    let option = declare(
      name, .word(names()), names().joined(separator: " | "), among: names(),
      default: StageKey.quoted(standard), meaning)
    var value = standard
    if let option, let given = text(in: option.node, of: option, named: name) {
      if names().contains(given) {
        value = given
      } else {
        report(.unknownChoice(given, name, among: names()), at: option.node, of: option)
      }
    }
    if isKeyed { appendKeyLine(name, .text(value), default: .text(standard), option) }
    return value
  }
}

extension Diagnostic.Message {
  static func unknownChoice(_ value: String, _ name: String, among names: [String]) -> Self {
    Self(
      "'\(value)' is no \(name)\(Suggestion.ending(for: value, among: names))",
      remedy: "use one of \(names.joined(separator: ", "))")
  }
}
