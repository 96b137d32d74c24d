import Diagnostics

/// What must hold for some options of a kind to have an effect.
package struct OptionCondition {
  package let isMet: Bool
  /// The setting under which they have no effect, as a definition spells it: `optimizer = "sgd"`.
  let obstacle: () -> String
  /// What gives them an effect, as the end of "leave it out, or …".
  let remedy: () -> String

  /// - Parameters:
  ///   - obstacle: the setting under which the options have no effect.
  ///   - remedy: what to do for them to have one.
  package init(
    _ isMet: Bool, obstacle: @autoclosure @escaping () -> String,
    remedy: @autoclosure @escaping () -> String
  ) {
    self.isMet = isMet
    self.obstacle = obstacle
    self.remedy = remedy
  }

  /// The condition that another option has one of these names.
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
