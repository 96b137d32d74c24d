import Artifacts
import Diagnostics

extension LockKind {
  private static let variable = "MILLRACE_LOCKS"

  /// What `$MILLRACE_LOCKS` asks for; nil when it is not set, and each store is looked at.
  static var ofEnvironment: LockKind? {
    Environment.value(variable).flatMap { LockKind(rawValue: $0) }
  }

  /// - Throws: when the variable holds another word.
  static func checkEnvironment() throws(Diagnostic) {
    guard let word = Environment.value(variable), LockKind(rawValue: word) == nil else { return }
    throw Diagnostic(.unknownLocks(word, variable))
  }
}

extension Diagnostic.Message {
  fileprivate static func unknownLocks(_ word: String, _ variable: String) -> Self {
    let kinds = LockKind.allCases.map(\.rawValue)
    return Self(
      "$\(variable) is '\(word)'\(Suggestion.ending(for: word, among: kinds))",
      remedy: "say \(kinds.joined(separator: " or ")), or leave it unset: stores are looked at")
  }
}
