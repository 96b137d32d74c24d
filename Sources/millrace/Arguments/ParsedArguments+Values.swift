import Diagnostics

extension ParsedArguments {
  /// The value of an option that takes one of a few words.
  func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ option: CommandOption
  ) throws(Diagnostic) -> Choice? {
    let choices: [Choice] = try choices(option)
    return choices.last
  }

  /// The values of an option that takes several of a few words.
  func choices<Choice: RawRepresentable<String> & CaseIterable>(
    _ option: CommandOption
  ) throws(Diagnostic) -> [Choice] {
    try values(option).map { (text) throws(Diagnostic) in
      if let choice = Choice(rawValue: text) { return choice }
      throw Diagnostic(.unknownChoice(option.name, text, among: Choice.allCases.map(\.rawValue)))
    }
  }

  /// The value of an option as a number that is not negative.
  func amount(_ option: CommandOption) throws(Diagnostic) -> Double? {
    guard let text = value(option) else { return nil }
    guard let number = Double(text), number.isFinite, number >= 0 else {
      throw Diagnostic(.notAnAmount(option.name, text))
    }
    return number
  }

  /// The value of an option as bytes: `2G`, `500M`, `1.5 GB`; thousands, not 1024s.
  func byteCount(_ option: CommandOption) throws(Diagnostic) -> Int? {
    guard let text = value(option) else { return nil }
    let units = ["": 1.0, "b": 1, "k": 1e3, "m": 1e6, "g": 1e9, "t": 1e12]
    guard let (number, unit) = Self.quantity(text),
      let size = units[unit.count > 1 && unit.hasSuffix("b") ? String(unit.dropLast()) : unit],
      let byteCount = Int(exactly: (number * size).rounded())
    else { throw Diagnostic(.notASize(option.name, text)) }
    return byteCount
  }

  /// The value of an option as seconds: `90s`, `30m`, `12h`, `7d`, `2w`.
  func seconds(_ option: CommandOption) throws(Diagnostic) -> Double? {
    guard let text = value(option) else { return nil }
    let units = ["s": 1.0, "m": 60, "h": 3600, "d": 86_400, "w": 604_800]
    guard let (number, unit) = Self.quantity(text) else {
      throw Diagnostic(.notATime(option.name, text))
    }
    if unit.isEmpty, number == 0 { return 0 }
    guard let length = units[unit] else { throw Diagnostic(.notATime(option.name, text)) }
    return number * length
  }

  /// A number that is not negative, and the unit after it in lower case.
  private static func quantity(_ text: String) -> (Double, String)? {
    let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    guard let number = Double(digits), number.isFinite else { return nil }
    return (number, text.dropFirst(digits.count).filter { $0 != " " }.lowercased())
  }
}

extension Diagnostic.Message {
  fileprivate static func unknownChoice(
    _ option: String, _ name: String, among names: [String]
  ) -> Self {
    Self(
      "'\(name)' is no \(option.drop { $0 == "-" })\(Suggestion.ending(for: name, among: names))",
      remedy: "use \(names.joined(separator: ", "))")
  }

  fileprivate static func notASize(_ option: String, _ text: String) -> Self {
    Self("\(option) wants a size, but this is '\(text)'", remedy: "write it as 500M or 2G")
  }

  fileprivate static func notAnAmount(_ option: String, _ text: String) -> Self {
    Self(
      "\(option) wants a number from 0, but this is '\(text)'",
      remedy: "write for example \(option) 0.5")
  }

  fileprivate static func notATime(_ option: String, _ text: String) -> Self {
    Self("\(option) wants a time, but this is '\(text)'", remedy: "write it as 30m, 12h or 7d")
  }
}
