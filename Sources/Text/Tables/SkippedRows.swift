import Diagnostics

/// The number of rows left out because they were malformed, with the errors of the first few.
package struct SkippedRows: Hashable, Sendable {
  package private(set) var count = 0
  /// The first three.
  package private(set) var examples: [Diagnostic] = []

  package init() {}

  /// Adds the rows that were left out behind these.
  mutating func add(_ others: SkippedRows) {
    count += others.count
    examples += others.examples.prefix(3 - examples.count)
  }

  mutating func add(_ problem: Diagnostic) {
    count += 1
    if examples.count < 3 { examples.append(problem) }
  }
}

/// What to do about a record with the wrong number of fields.
package enum MalformedRows: String, CaseIterable, Sendable {
  /// Stop, naming the line, and the counts expected and found.
  case refuse
  /// Leave it out, and count it. An unmatched quote is an error still, as the rows after it are
  /// uncertain.
  case skip
}
