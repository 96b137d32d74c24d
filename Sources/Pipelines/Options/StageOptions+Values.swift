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
      name, "true or false", among: ["true", "false"], default: shown ?? "\(standard)",
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
      name, "true or false", among: ["true", "false"], default: "false", meaning)
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

  /// Reads a whole number.
  ///
  /// - Parameter isKeyed: false for options that cannot change what is written, such as intervals.
  package mutating func integer(
    _ name: String, default standard: Int?, in range: ClosedRange<Int>, isKeyed: Bool = true,
    _ meaning: String
  ) -> Int {
    let option = declare(
      name, Self.expectation(of: range), default: standard.map(String.init), meaning)
    let value =
      option.flatMap { integer(in: $0.node, of: $0, named: name, range) }
      ?? standard ?? range.lowerBound
    if isKeyed {
      appendKeyLine(name, .integer(value), default: standard.map { .integer($0) }, option)
    }
    return value
  }

  /// Reads a whole number that may be left out.
  package mutating func optionalInteger(
    _ name: String, in range: ClosedRange<Int>, unset: String, _ meaning: String
  ) -> Int? {
    let option = declare(name, Self.expectation(of: range), default: unset, meaning)
    let value = option.flatMap { integer(in: $0.node, of: $0, named: name, range) }
    if let value { appendKeyLine(name, .integer(value), default: nil, option) }
    return value
  }

  /// Reads the one option whose smaller values are steps on the way to larger ones.
  package mutating func extent(
    _ name: String, default standard: Int, in range: ClosedRange<Int>, isPrefixed: Bool,
    _ meaning: String
  ) -> Int {
    let option = declare(name, Self.expectation(of: range), default: "\(standard)", meaning)
    let value = option.flatMap { integer(in: $0.node, of: $0, named: name, range) } ?? standard
    appendKeyLine(name, isPrefixed ? .extent(value) : .option(.integer(value)), option)
    return value
  }

  /// Reads a number.
  ///
  /// - Parameter precision: how exactly it is used; the range holds for what it is rounded to.
  package mutating func number(
    _ name: String, default standard: Double?, in range: NumberRange,
    usedIn precision: NumberPrecision = .double, isKeyed: Bool = true, _ meaning: String
  ) -> Double {
    let option = declare(
      name, Self.expectation(of: range), default: standard.map { "\($0)" }, meaning)
    let value =
      option.flatMap { number(in: $0.node, of: $0, named: name, range, precision) } ?? standard ?? 0
    if isKeyed {
      appendKeyLine(name, .number(value), default: standard.map { .number($0) }, option)
    }
    return value
  }

  /// Reads a number and rounds it to single precision.
  package mutating func float(
    _ name: String, default standard: Double, in range: NumberRange, isKeyed: Bool = true,
    _ meaning: String
  ) -> Float {
    Float(
      number(name, default: standard, in: range, usedIn: .single, isKeyed: isKeyed, meaning))
  }

  package mutating func text(
    _ name: String, default standard: String?, expecting: String = "text", _ meaning: String
  ) -> String {
    let option = declare(
      name, expecting, default: standard.map { StageKey.quoted($0) }, meaning)
    let value = option.flatMap { text(in: $0.node, of: $0, named: name) } ?? standard ?? ""
    appendKeyLine(name, .text(value), default: standard.map { .text($0) }, option)
    return value
  }

  /// Reads a text that may be left out.
  package mutating func optionalText(
    _ name: String, unset: String, _ meaning: String
  ) -> String? {
    let option = declare(name, "text", default: unset, meaning)
    let value = option.flatMap { text(in: $0.node, of: $0, named: name) }
    if let value { appendKeyLine(name, .text(value), default: nil, option) }
    return value
  }

  /// Reads a list of texts; a single text is a list of one.
  package mutating func texts(
    _ name: String, default standard: [String]?, _ meaning: String
  ) -> [String] {
    let option = declare(
      name, "text, or a list of texts",
      default: standard.map { "[" + $0.map(StageKey.quoted).joined(separator: ", ") + "]" }, meaning
    )
    var values = standard ?? []
    if let option {
      let nodes = elements(of: option.node)
      values = nodes.compactMap { text(in: $0, of: option, named: name) }
    }
    appendKeyLine(name, .texts(values), default: standard.map { .texts($0) }, option)
    return values
  }

  /// Reads a list of texts that may be left out.
  package mutating func optionalTexts(
    _ name: String, unset: String, _ meaning: String
  ) -> [String]? {
    guard let option = declare(name, "text, or a list of texts", default: unset, meaning) else {
      return nil
    }
    let values = elements(of: option.node).compactMap { text(in: $0, of: option, named: name) }
    appendKeyLine(name, .option(.texts(values)), option)
    return values
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
      name, names().joined(separator: " | "), among: names(),
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

  /// Reads one ASCII character.
  ///
  /// - Parameter unset: the default in words.
  package mutating func byte(
    _ name: String, default standard: Character?, unset: String, _ meaning: String
  ) -> UInt8? {
    let option = declare(name, "one ASCII character", default: unset, meaning)
    var value = standard?.asciiValue
    if let option, let text = text(in: option.node, of: option, named: name) {
      if text.count == 1, let byte = text.first?.asciiValue {
        value = byte
      } else {
        report(.outOfRange(name, wanted: "one ASCII character"), at: option.node, of: option)
      }
    }
    if let value {
      appendKeyLine(
        name, .text(String(Unicode.Scalar(value))),
        default: standard.map { .text(String($0)) }, option)
    }
    return value
  }

  /// Adds a line to the key, for a value that was worked out from options that are not in it.
  package mutating func key(_ name: String, _ value: OptionValue) {
    appendKeyLine(name, value, default: nil, nil)
  }

  /// Reads names and numbers, such as columns of a file; a single one is a list of one.
  ///
  /// - Parameter unset: what happens without; nil when it must be given.
  package mutating func namesOrNumbers(
    _ name: String, unset: String?, _ meaning: String
  ) -> [NameOrNumber] {
    guard let option = declare(name, "name or number, or a list of them", default: unset, meaning)
    else { return [] }
    var values: [NameOrNumber] = []
    for node in elements(of: option.node) {
      if case .integer = node.value {
        let number = integer(in: node, of: option, named: name, 1...100_000)
        if let number { values.append(.number(number)) }
      } else if let text = text(in: node, of: option, named: name) {
        values.append(.name(text))
      }
    }
    appendKeyLine(name, .texts(values.map(\.spelling)), default: nil, option)
    return values
  }

  /// Reads the seed of a stage that draws random numbers; the pipeline's own unless given.
  ///
  /// - Parameter isKeyed: false when the other options leave nothing to chance.
  package mutating func seed(isKeyed: Bool = true) -> UInt64 {
    let option = declare(
      "seed", "whole number from 0", default: "the pipeline's seed",
      "where the stage's random numbers start")
    let given = option.flatMap { integer(in: $0.node, of: $0, named: "seed", 0...Int.max) }
    let value = given.map(UInt64.init) ?? pipelineSeed
    if isKeyed { appendKeyLine("seed", .integer(Int(clamping: value)), default: nil, option) }
    return value
  }

  /// The elements of a list, or the value itself as the only one.
  func elements(of node: TOMLNode) -> [TOMLNode] {
    if case .array(let nodes) = node.value { nodes } else { [node] }
  }

  static func expectation(of range: ClosedRange<Int>) -> String {
    range.upperBound == Int.max
      ? "whole number from \(range.lowerBound)"
      : "whole number from \(range.lowerBound) to \(range.upperBound)"
  }

  static func expectation(of range: NumberRange) -> String {
    range == .any ? "number" : "number \(range)"
  }

  mutating func integer(
    in node: TOMLNode, of option: GivenOption, named name: String, _ range: ClosedRange<Int>
  ) -> Int? {
    let value: Int
    switch node.value {
    case .integer(let given): value = Int(given)
    case .float(let given) where Int(exactly: given) != nil: value = Int(exactly: given) ?? 0
    default:
      report(
        .wrongType(name, wanted: "a \(Self.expectation(of: range))", node.value), at: node,
        of: option)
      return nil
    }
    guard range.contains(value) else {
      report(.outOfRange(name, wanted: "a \(Self.expectation(of: range))"), at: node, of: option)
      return nil
    }
    return value
  }

  mutating func number(
    in node: TOMLNode, of option: GivenOption, named name: String, _ range: NumberRange,
    _ precision: NumberPrecision
  ) -> Double? {
    let value: Double
    switch node.value {
    case .integer(let given): value = Double(given)
    case .float(let given): value = given
    default:
      report(
        .wrongType(name, wanted: "a \(Self.expectation(of: range))", node.value), at: node,
        of: option)
      return nil
    }
    let wanted = "a \(Self.expectation(of: range))"
    guard range.contains(value) else {
      report(.outOfRange(name, wanted: wanted), at: node, of: option)
      return nil
    }
    let used = precision.rounded(value)
    guard range.contains(used) else {
      report(.roundsOutOfRange(name, to: used, wanted: wanted), at: node, of: option)
      return nil
    }
    return value
  }

  mutating func text(in node: TOMLNode, of option: GivenOption, named name: String) -> String? {
    guard case .string(let value) = node.value else {
      report(.wrongType(name, wanted: "text in quotes", node.value), at: node, of: option)
      return nil
    }
    return value
  }
}

extension StageKey {
  /// A text as a definition spells it.
  package static func quoted(_ text: String) -> String {
    let spelled = spelling(of: text)
    return spelled.hasPrefix("\"") ? spelled : "\"\(spelled)\""
  }
}

extension Diagnostic.Message {
  static func wrongType(_ name: String, wanted: String, _ value: TOMLValue) -> Self {
    Self("\(name) wants \(wanted), but this is \(value.typeName)", remedy: "give \(wanted)")
  }

  static func outOfRange(_ name: String, wanted: String) -> Self {
    Self("\(name) is out of range", remedy: "give \(wanted)")
  }

  static func roundsOutOfRange(_ name: String, to used: Double, wanted: String) -> Self {
    Self(
      "\(name) is used in single precision, where this number is \(NumberRange.spelling(of: used))",
      remedy: "give \(wanted), with fewer digits or a smaller exponent")
  }

  static func unknownChoice(_ value: String, _ name: String, among names: [String]) -> Self {
    Self(
      "'\(value)' is no \(name)\(Suggestion.ending(for: value, among: names))",
      remedy: "use one of \(names.joined(separator: ", "))")
  }
}
