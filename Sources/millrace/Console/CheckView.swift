import Artifacts
import Diagnostics
import Formats

/// What checking every byte of a store found, as text and as JSON.
struct CheckView {
  private let check: StoreCheck

  init(_ check: StoreCheck) { self.check = check }

  var json: JSONValue {
    [
      "records": .integer(check.recordCount), "objects": .integer(check.objectCount),
      "problems": .array(check.problems.map { .string($0.description) }),
    ]
  }

  func show() {
    for problem in check.problems { Terminal.output.line(Self.line(problem)) }
    Terminal.output.line(
      "\(Spelling.count(check.recordCount)) records, \(Spelling.count(check.objectCount)) objects: "
        + closing)
  }

  private static func line(_ problem: StoreProblem) -> String {
    if case .unreadable(let diagnostic) = problem { return "\(diagnostic)" }
    return "damaged: \(problem.description)"
  }

  /// `all sound`, or how many problems there are of each kind.
  private var closing: String {
    let aside = check.problems.count { $0.isSetAside }
    let left = check.problems.count - aside
    var parts: [String] = []
    if aside > 0 { parts.append("\(Spelling.count(aside)) damaged, set aside") }
    if left > 0 { parts.append("\(Spelling.count(left)) missing, unreadable or left as they are") }
    return parts.isEmpty ? "all sound" : parts.joined(separator: "; ")
  }
}
