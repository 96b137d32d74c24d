import Diagnostics

/// The first problems of a definition, and how many more there are.
struct ProblemList {
  /// How many problems are shown.
  private static let limit = 20

  let told: [Diagnostic]

  init(_ problems: [Diagnostic]) {
    let rest = problems.dropFirst(Self.limit)
    let isError = rest.contains { $0.severity == .error }
    told =
      problems.prefix(Self.limit)
      + (rest.isEmpty
        ? [] : [Diagnostic(.more(rest.count), severity: isError ? .error : .warning)])
  }

  func write(to terminal: Terminal) {
    for problem in told { terminal.tell(problem) }
  }
}

extension Diagnostic.Message {
  fileprivate static func more(_ count: Int) -> Self {
    Self("and \(Spelling.count(count)) more", remedy: "mend those above first")
  }
}
