import Diagnostics

/// What must hold for some options of a kind to mean anything.
package struct OptionCondition {
  package let isMet: Bool
  /// What they mean nothing to, as a definition spells it: `optimizer = "sgd"`.
  let obstacle: () -> String
  /// What makes them mean something, after "leave it out, or …".
  let remedy: () -> String

  /// - Parameters:
  ///   - obstacle: what the options mean nothing to where the condition is not met.
  ///   - remedy: what to do for them to mean something.
  package init(
    _ isMet: Bool, obstacle: @autoclosure @escaping () -> String,
    remedy: @autoclosure @escaping () -> String
  ) {
    self.isMet = isMet
    self.obstacle = obstacle
    self.remedy = remedy
  }

  /// That another option has one of a few names.
  package init<Choice: RawRepresentable<String> & Equatable>(
    _ name: String, _ chosen: Choice, isOneOf fitting: [Choice]
  ) {
    self.init(
      fitting.contains(chosen), obstacle: "\(name) = \"\(chosen.rawValue)\"",
      remedy: "choose \(name) = "
        + fitting.map { "\"\($0.rawValue)\"" }.joined(separator: " or "))
  }
}

extension Diagnostic.Message {
  static func meansNothing(_ option: String, _ condition: OptionCondition) -> Self {
    Self(
      "\(option) means nothing to \(condition.obstacle())",
      remedy: "leave it out, or \(condition.remedy())")
  }

  static func meansNothing(_ option: String, without conditions: [String], kind: String) -> Self {
    Self(
      "\(option) means nothing without \(conditions.joined(separator: " or "))",
      remedy: "leave it out; `millrace stages \(kind)` says what goes with what")
  }
}
