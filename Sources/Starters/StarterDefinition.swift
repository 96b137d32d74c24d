import Formats
import Pipelines

/// A first definition for what a person has, commented, that runs as it is.
package struct StarterDefinition: Sendable {
  package let text: String
  /// What a person should look at, which the comments say too.
  package let doubts: [String]

  /// A basic string of TOML, which is spelled as in JSON.
  static func quoted(_ text: String) -> String { JSONValue.string(text).compact }

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

  /// Lines of comment at the top.
  static func heading(_ title: String, _ facts: [String], doubts: [String]) -> String {
    let lines =
      [title] + facts + doubts.map { "Look at this: \($0)." }
      + ["`millrace run` does what is stale; `millrace stages KIND` explains each stage."]
    return lines.map { "# \($0.replacing("\n", with: " "))" }.joined(separator: "\n")
  }
}
