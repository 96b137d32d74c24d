import Diagnostics
import Pipelines

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
    guard let count = WrittenQuantity.byteCount(text) else {
      throw Diagnostic(.notASize(option.name, text))
    }
    return count
  }

  /// The value of an option as seconds: `90s`, `30m`, `12h`, `7d`, `2w`.
  func seconds(_ option: CommandOption) throws(Diagnostic) -> Double? {
    guard let text = value(option) else { return nil }
    guard let seconds = WrittenQuantity.seconds(text) else {
      throw Diagnostic(.notATime(option.name, text))
    }
    return seconds
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
    let units = ["s", "m", "h", "d"].map { text + $0 }
    return Self(
      "\(option) wants a time, but this is '\(text)'",
      remedy: Double(text) == nil
        ? "write it as 30s, 5m, 12h or 7d"
        : "say of what: \(units.dropLast().joined(separator: ", ")) or \(units[3])")
  }
}
