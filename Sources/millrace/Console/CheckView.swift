import Artifacts
import Diagnostics
import Formats

/// What checking every byte of a store found, as text and as JSON.
struct CheckView {
  private let check: StoreCheck
  private let problems: [StoreProblem]
  private let results: [StoreProblem: [DamagedResult]]
  private let remedies: [String]

  /// - Parameter arguments: those that the store was chosen by.
  init(_ check: StoreCheck, _ arguments: ParsedArguments, in store: ArtifactStore) {
    self.check = check
    // What was set aside a moment ago is missing now, which says nothing more.
    problems = check.problems.filter { problem in
      guard case .missingObject(let digest, _) = problem else { return true }
      return !check.problems.contains(.damagedObject(digest))
    }
    let results = DamagedResult.all(of: problems, in: store)
    self.results = results
    remedies =
      RepairCommands(problems.flatMap { results[$0] ?? [] }, arguments, in: store).remedies
  }

  var json: JSONValue {
    [
      "records": .integer(check.recordCount), "objects": .integer(check.objectCount),
      "problems": .array(problems.map { .string(text($0)) }),
      "remedies": .array(remedies.map { .string($0) }),
    ]
  }

  func show() {
    for problem in problems { Terminal.output.line(line(problem)) }
    for remedy in remedies { Terminal.output.line("  try: \(remedy)".disarmed) }
    Terminal.output.line(
      "\(Spelling.count(check.recordCount, "record")),"
        + " \(Spelling.count(check.objectCount, "object")): " + closing)
  }

  private func line(_ problem: StoreProblem) -> String {
    if case .unreadable(let diagnostic) = problem { return "\(diagnostic)" }
    return "damaged: \(text(problem))".disarmed
  }

  /// `artifact 5f231f059bac is damaged: 'split.train' of d.toml and 1 more`.
  private func text(_ problem: StoreProblem) -> String {
    guard let concerned = results[problem], let first = concerned.first else {
      return problem.description
    }
    let more = concerned.count > 1 ? " and \(Spelling.count(concerned.count - 1)) more" : ""
    return "\(problem.description): \(first.name)\(more)"
  }

  /// `all sound`, or how many problems there are of each kind.
  private var closing: String {
    let aside = problems.count { $0.isSetAside }
    let left = problems.count - aside
    var parts: [String] = []
    if aside > 0 { parts.append("\(Spelling.count(aside)) damaged, set aside") }
    if left > 0 { parts.append("\(Spelling.count(left)) missing, unreadable or left as they are") }
    return parts.isEmpty ? "all sound" : parts.joined(separator: "; ")
  }
}
