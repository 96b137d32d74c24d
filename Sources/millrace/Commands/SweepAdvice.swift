import Pipelines
import Reports
import Stages

/// What to do with the result of a sweep: how to use the best point, and where failures are told.
struct SweepAdvice {
  private let standing: SweepStanding
  /// The definition, and what named the sweep.
  private let words: [String]

  init(_ standing: SweepStanding, words: [String]) {
    self.standing = standing
    self.words = words
  }

  var lines: [String] {
    var lines: [String] = []
    for point in standing.points {
      guard let log = point.log else { continue }
      lines.append("  point \(point.point.number) \(point.note)".fitted(to: 100))
      lines.append("    its log: \(log)")
    }
    if let best = standing.best {
      let point = standing.points[best].point
      let settings = point.arguments.map(Self.shellQuoted).joined(separator: " ")
      lines.append("  best: point \(point.number)  \(settings)")
      lines.append("  use it: millrace \(verb) \(words[0]) \(selection(settings))")
    }
    return lines
  }

  /// The command that a person most likely wants next.
  private var verb: String {
    let kinds = standing.plan.base.stages.map { $0.kind.kind }
    return kinds.contains("translate") ? "translate" : "classify"
  }

  private func selection(_ settings: String) -> String {
    let sweep = standing.plan.sweep.name
    guard words.count < 2 || words[1] == sweep else { return settings }
    let isOnly = standing.plan.base.definition.sweeps.count == 1
    guard standing.plan.base.definition.sweeps.contains(where: { $0.name == sweep }) else {
      return settings
    }
    return "--point \(isOnly ? "" : "\(sweep).")best"
  }

  /// A word that a shell takes as it is.
  static func shellQuoted(_ word: String) -> String {
    let isPlain = word.allSatisfy {
      $0.isASCII && ($0.isLetter || $0.isNumber || "-_.,/=+:@%".contains($0))
    }
    return isPlain ? word : "'\(word.replacing("'", with: "'\\''"))'"
  }
}
