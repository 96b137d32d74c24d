import Diagnostics
import Formats
import Pipelines
import Reports
import Sweeps
import Synchronization
import Views

/// Shows a sweep to a person: a line for each shared stage and each point, and what is running.
final class SweepConsole: SweepObserver {
  private let plan: SweepPlan
  private let terminal: Terminal
  private let nameWidth: Int
  private let shown: Mutex<Shown>
  /// The warnings that were shown, without their numbers, in which runs differ.
  private let warned = Mutex<Set<String>>([])

  init(plan: SweepPlan, terminal: Terminal) {
    self.plan = plan
    self.terminal = terminal
    let labelWidth = (plan.trials.last?.label.count ?? 0) + 1
    nameWidth = (plan.base.stages.map(\.name.count).max() ?? 0) + labelWidth
    shown = Mutex(Shown(display: LiveDisplay(terminal: terminal, nameWidth: nameWidth)))
  }

  /// What is on the screen.
  private struct Shown {
    var display: LiveDisplay
    var progress = SweepProgress()
  }

  func observe(_ event: SweepEvent) {
    shown.withLock { shown in
      shown.progress.observe(event, of: plan)
      if terminal.canErase { shown.display.sum(up: shown.progress.text) }
      show(event, on: &shown.display)
    }
  }

  private func show(_ event: SweepEvent, on display: inout LiveDisplay) {
    switch event {
    case .rung(let rung, let number, let count):
      guard count > 1, let extent = rung.extent, let name = plan.extentName else { return }
      display.print(
        "  round \(number) of \(count): \(Spelling.count(rung.trials.count, "run")), "
          + "\(name) = \(extent)")
    case .stage(let event): show(event, on: &display)
    case .trial(let trial, let status):
      guard trial.fold != nil, let value = status.value(of: plan.objective) else { return }
      let score = plan.objective.score
      display.print("  \(trial.words)  \(score) \(Spelling.score(value, of: score))")
    case .settled(let point, let rank, let count, let total):
      let heading = "  [\(count)/\(total)] point \(point.point.number)  "
      display.print(heading, text(for: point, rank))
    }
  }

  private func show(_ event: RunEvent, on display: inout LiveDisplay) {
    switch event {
    case .started(let stage): display.start(stage)
    case .progressed(let stage, let progress): display.progress(stage, progress)
    case .said: break
    case .ended(let report):
      display.end(report.stage)
      // Stages of a single point are shown with the point.
      guard report.trial == nil else { return }
      if case .cached = report.outcome { return }
      let (heading, text) = report.told(nameWidth: nameWidth, on: terminal)
      display.print(heading, text)
      if case .failed(let problem) = report.outcome { display.print(problem) }
    case .noticed(let problem):
      if isNew(problem) { display.print(problem) }
    }
  }

  /// Whether no other run has warned of this already.
  private func isNew(_ problem: Diagnostic) -> Bool {
    guard problem.severity == .warning else { return true }
    return warned.withLock {
      $0.insert(String(problem.message.problem.filter { !$0.isNumber })).inserted
    }
  }

  /// `learning-rate 0.025  dropout 0.1  bleu 21.3  best so far`.
  private func text(for point: SweepStatus.Point, _ rank: SweepRank) -> String {
    let settings = point.point.settings.map { setting in
      "\(setting.option.name) \(setting.spelling)"
    }
    var parts = [settings.joined(separator: "  ")]
    if let value = point.value {
      parts.append("\(plan.objective.score) \(Spelling.score(value, of: plan.objective.score))")
      switch rank {
      case .best where plan.points.count == 1: break
      case .best: parts.append(terminal.styled("best so far", .green))
      case .onOtherRows: parts.append(terminal.styled("on other rows: not ranked", .yellow))
      case .behind: break
      }
    } else {
      parts.append(terminal.styled(point.note, .red))
    }
    return parts.joined(separator: "  ")
  }
}

extension SweepPlan.SweepTrial {
  /// `point 3  fold 2  seed 1`.
  fileprivate var words: String {
    let counted = [("fold", fold), ("seed", seed)].compactMap { noun, number in
      number.map { "\(noun) \($0)" }
    }
    return (["point \(point + 1)"] + counted).joined(separator: "  ")
  }
}

/// Writes the events of a sweep for programs, as JSON Lines.
final class SweepLines: SweepObserver {
  private let lines: RunLines
  private let objective: Objective

  init(_ lines: RunLines, rankedBy objective: Objective) {
    self.lines = lines
    self.objective = objective
  }

  func observe(_ event: SweepEvent) {
    switch event {
    case .rung(let rung, let number, let count):
      lines.line([
        "event": "round", "number": .integer(number), "of": .integer(count),
        "runs": .integer(rung.trials.count), "work": rung.extent.map { .integer($0) } ?? .null,
      ])
    case .stage(let event): lines.observe(event)
    case .trial(let trial, let status):
      guard trial.fold != nil else { return }
      lines.line([
        "event": "fold", "point": .integer(trial.point + 1),
        "fold": trial.fold.map { .integer($0) } ?? .null,
        "seed": trial.seed.map { .integer($0) } ?? .null,
        "value": status.value(of: objective).map { .number($0) } ?? .null,
      ])
    case .settled(let point, let rank, _, _):
      lines.line([
        "event": "point", "point": .integer(point.point.number),
        "options": .object(point.point.settings.map { .init($0.name, $0.json) }),
        "state": .string(point.state.rawValue),
        "value": point.value.map { .number($0) } ?? .null, "best-so-far": .bool(rank == .best),
        "other-rows": .bool(rank == .onOtherRows),
        "note": .string(point.note),
      ])
    }
  }
}
