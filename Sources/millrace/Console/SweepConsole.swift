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
  private let display: Mutex<LiveDisplay>
  /// The warnings that were shown, without their numbers, in which runs differ.
  private let warned = Mutex<Set<String>>([])

  init(plan: SweepPlan, terminal: Terminal) {
    self.plan = plan
    self.terminal = terminal
    let labelWidth = (plan.trials.last?.label.count ?? 0) + 1
    nameWidth = (plan.base.stages.map(\.name.count).max() ?? 0) + labelWidth
    display = Mutex(LiveDisplay(terminal: terminal, nameWidth: nameWidth))
  }

  func observe(_ event: SweepEvent) {
    display.withLock { display in
      switch event {
      case .rung(let rung, let number, let count):
        guard count > 1, let extent = rung.extent, let name = plan.extentName else { return }
        display.print(
          "  round \(number) of \(count): \(Spelling.count(rung.trials.count, "run")), "
            + "\(name) = \(extent)")
      case .stage(let event): show(event, on: &display)
      case .trial(let trial, let status):
        guard let value = status.value(of: plan.objective) else { return }
        let score = plan.objective.score
        display.print("  \(trial.words)  \(score) \(Spelling.score(value, of: score))")
      case .settled(let point, let rank, let count, let total):
        display.print(line(for: point, rank, "\(count)/\(total)"))
      }
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
      display.print(report.line(nameWidth: nameWidth, on: terminal))
      if case .failed(let problem) = report.outcome { display.printProblem("\(problem)") }
    case .noticed(let problem):
      if isNew(problem) { display.printProblem("\(problem)") }
    }
  }

  /// Whether no other run has warned of this already.
  private func isNew(_ problem: Diagnostic) -> Bool {
    guard problem.severity == .warning else { return true }
    return warned.withLock {
      $0.insert(String(problem.message.problem.filter { !$0.isNumber })).inserted
    }
  }

  /// `  [3/18] point 7  learning-rate 0.025  dropout 0.1   bleu 21.3  12.1 s  best so far`.
  private func line(
    for point: SweepStatus.Point, _ rank: SweepRank, _ progress: String
  ) -> String {
    let settings = point.point.settings.map { setting in
      "\(setting.option.name) \(setting.spelling)"
    }
    var parts = ["[\(progress)] point \(point.point.number)", settings.joined(separator: "  ")]
    if let value = point.value {
      parts.append("\(plan.objective.score) \(Spelling.score(value, of: plan.objective.score))")
      switch rank {
      case .best where plan.points.count == 1: break
      case .best: parts.append(terminal.styled("best so far", .green))
      case .onOtherRows: parts.append(terminal.styled("on other rows: not ranked", .yellow))
      case .behind: break
      }
    } else {
      let room = max(20, 98 - parts.joined(separator: "  ").displayWidth)
      parts.append(terminal.styled(point.note.fitted(to: room), .red))
    }
    return "  " + parts.joined(separator: "  ")
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
