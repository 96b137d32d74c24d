/// A problem in what a person gave us: what is wrong, where it is, and what to try.
package struct Diagnostic: Error, Hashable, Sendable {
  /// What is wrong, and what to try about it.
  package struct Message: Hashable, Sendable {
    package let problem: String
    package let remedy: String?

    package init(_ problem: String, remedy: String? = nil) {
      self.problem = problem
      self.remedy = remedy
    }
  }

  /// Whether the work can go on.
  package enum Severity: String, Hashable, Sendable {
    case error, warning
  }

  package var severity: Severity
  package var message: Message
  package var place: Place?
  package var excerpt: Excerpt?

  package init(
    _ message: Message, at place: Place? = nil, excerpt: Excerpt? = nil, severity: Severity = .error
  ) {
    self.severity = severity
    self.message = message
    self.place = place
    self.excerpt = excerpt
  }
}

extension Diagnostic {
  /// The line that is quoted may be long, and follows from the place.
  package func hash(into hasher: inout Hasher) {
    hasher.combine(message)
    hasher.combine(place)
  }
}

extension Diagnostic: CustomStringConvertible {
  /// `file:line:column: error: problem`, the source line with a caret if known, then `try: remedy`.
  ///
  /// Control characters are neutralised, because it contains names from people's files.
  package var description: String {
    var lines = ["\(place.map { "\($0): " } ?? "")\(severity.rawValue): \(message.problem)"]
    if let excerpt { lines += excerpt.lines(numbered: place?.line) }
    if let remedy = message.remedy { lines.append("  try: \(remedy)") }
    return lines.joined(separator: "\n").disarmed
  }
}
