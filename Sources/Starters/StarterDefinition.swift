import Diagnostics
import Formats
import Pipelines

/// A first definition for what a person has, commented, that runs as it is.
package struct StarterDefinition: Sendable {
  package let text: String
  /// What a person should look at, which the comments say too.
  package let doubts: [String]

  /// - Parameter doubts: spelled as a comment and a terminal can show them.
  init(text: String, doubts: [String]) {
    self.text = text
    self.doubts = doubts.map(Self.legible)
  }

  /// A basic string of TOML, which is spelled as in JSON.
  static func quoted(_ text: String) -> String { JSONValue.string(text).compact }

  /// A text on one line, with escapes in place of what TOML allows in no comment and terminals obey.
  static func legible(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: \.isObeyed) else { return text }
    return text.unicodeScalars.map { scalar in
      scalar.isObeyed ? String(quoted(String(scalar)).dropFirst().dropLast()) : String(scalar)
    }.joined()
  }

  /// A column as TOML spells it.
  static func spelling(_ column: NameOrNumber) -> String {
    switch column {
    case .name(let name): quoted(name)
    case .number(let number): "\(number)"
    }
  }

  /// A line with its comment behind it, where those of other lines stand.
  static func aligned(_ line: String, _ comment: String) -> String {
    line + String(repeating: " ", count: max(1, 39 - line.count)) + "# \(comment)"
  }

  /// Lines of options, where those that are given stand instead of others of the option, or behind.
  static func lines(
    _ lines: [String], replacedBy given: [(option: String, line: String)]
  ) -> [String] {
    func sets(_ line: String, _ option: String) -> Bool { line.hasPrefix("\(option) = ") }
    let replaced = lines.map { line in given.first { sets(line, $0.option) }?.line ?? line }
    return replaced + given.map(\.line).filter { !replaced.contains($0) }
  }

  /// Lines of comment at the top.
  static func heading(_ title: String, _ facts: [String], doubts: [String]) -> String {
    let lines =
      [title] + facts + doubts.map { "Look at this: \($0)." }
      + ["`millrace run` does what is stale; `millrace stages KIND` explains each stage."]
    return lines.map { "# \(legible($0))" }.joined(separator: "\n")
  }
}
