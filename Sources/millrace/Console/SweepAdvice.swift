import Diagnostics
import Pipelines
import Reports
import Stages
import Sweeps
import Views

/// The advice after a sweep: how to use the best point, and where to read about failures.
struct SweepAdvice {
  private let status: SweepStatus
  /// Whether every point was scored on the rows of the best one.
  private let isRanked: Bool
  /// The words that name the definition and the sweep.
  private let words: [String]
  private let arguments: ParsedArguments

  init(_ table: SweepTable, _ words: [String], _ arguments: ParsedArguments) {
    status = table.status
    isRanked = table.isRanked
    self.words = words
    self.arguments = arguments
  }

  /// Lines of which commands alone may be wider, so that they can be copied.
  func lines(width: Int) -> [String] {
    var lines: [String] = []
    for point in status.points {
      guard let log = point.log else { continue }
      lines.append("  point \(point.point.number) \(point.note)".fitted(to: width))
      lines.append("    its log: \(log)")
    }
    // Of folds alone nothing was chosen.
    if let best = status.best, status.plan.foldCount == 1 || status.points.count > 1 {
      let point = status.points[best].point
      let settings = ShellWord.line(point.arguments)
      lines.append("  \(isRanked ? "best:" : "★ is") point \(point.number)  \(settings)")
      let command = arguments.next(user, [words[0]] + (namedBest ?? point.arguments))
      lines.append("  use it: \(command)")
    }
    return lines
  }

  /// The command that a person most likely wants next.
  private var user: any Command.Type {
    let kinds = status.plan.base.stages.map { $0.kind.kind }
    return kinds.contains("translate") ? Translate.self : Classify.self
  }

  /// The arguments that name the best point; nil where the definition alone does not determine it.
  private var namedBest: [String]? {
    let sweep = status.plan.sweep.name
    let sweeps = status.plan.base.definition.sweeps.map(\.name)
    guard sweeps.contains(sweep), words.count < 2 || words[1] == sweep,
      arguments.value(ChosenSweep.best) == nil, arguments.value(ChosenSweep.seeds) == nil
    else { return nil }
    return ["--point", sweeps.count == 1 ? "best" : "\(sweep).best"]
  }
}
