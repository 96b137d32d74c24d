import Diagnostics
import Pipelines
import Reports
import Synchronization

/// Shows a run to a person: a line for each stage, and what is running below on a terminal.
final class RunConsole: RunObserver {
  /// Nil where nothing is to be done.
  private let plan: Plan?
  private let terminal: Terminal
  /// How long a stage that learns will take, where that is known and long.
  private let forecast: @Sendable (PlannedStage) -> String?
  private let nameWidth: Int
  /// Whether epochs and the like get lines of their own.
  private let isVerbose: Bool
  private let display: Mutex<LiveDisplay>

  convenience init(
    plan: Plan, terminal: Terminal, isVerbose: Bool,
    forecast: @escaping @Sendable (PlannedStage) -> String? = { _ in nil }
  ) {
    self.init(
      of: plan, nameWidth: plan.stages.map(\.name.count).max() ?? 0, terminal, isVerbose, forecast)
  }

  /// Of a run that has nothing to do.
  convenience init(ofNothingToDo nameWidth: Int, terminal: Terminal) {
    self.init(of: nil, nameWidth: nameWidth, terminal, false) { _ in nil }
  }

  private init(
    of plan: Plan?, nameWidth: Int, _ terminal: Terminal, _ isVerbose: Bool,
    _ forecast: @escaping @Sendable (PlannedStage) -> String?
  ) {
    self.plan = plan
    self.forecast = forecast
    self.terminal = terminal
    self.isVerbose = isVerbose
    self.nameWidth = nameWidth
    display = Mutex(LiveDisplay(terminal: terminal, nameWidth: nameWidth))
  }

  func observe(_ event: RunEvent) {
    let foretold = foretold(event)
    display.withLock { display in
      switch event {
      case .started(let stage):
        if let foretold { display.print(heading(stage), foretold) }
        display.start(stage)
      case .progressed(let stage, let progress): display.progress(stage, progress)
      case .said(let stage, let text):
        if isVerbose { display.print(heading(stage), text) }
      case .ended(let report):
        display.end(report.stage)
        let (heading, text) = report.told(nameWidth: nameWidth, on: terminal)
        display.print(heading, text)
        if case .failed(let problem) = report.outcome { display.print(problem) }
      case .noticed(let problem): display.print(problem)
      }
    }
  }

  private func heading(_ stage: String) -> String { "  \(stage.padded(to: nameWidth))  " }
}

extension RunConsole {
  /// How long a training that starts will take; computed while nobody waits for the display.
  private func foretold(_ event: RunEvent) -> String? {
    guard case .started(let name) = event, let stage = plan?[name], stage.kind.role == .learns
    else { return nil }
    return forecast(stage)
  }
}

extension StageReport {
  /// `  clean  ran      ` and `6,000 rows  0.1 s`.
  func told(nameWidth: Int, on terminal: Terminal) -> (heading: String, text: String) {
    let name = stage.padded(to: nameWidth)
    func text(
      _ state: String, _ style: Terminal.Style, _ rest: String
    ) -> (heading: String, text: String) {
      ("  \(name)  \(terminal.styled(state.padded(to: 7), style))  ", rest)
    }
    switch outcome {
    case .cached(let reason):
      return text("cached", .dim, summary + (reason.map { "  (\($0))" } ?? ""))
    case .ran:
      let rows = computedRows.map { rows in
        "  \(Spelling.count(rows.computed)) of \(Spelling.count(rows.read, "row")) computed"
      }
      return text("ran", .green, "\(summary)\(rows ?? "")  \(Spelling.duration(seconds))")
    case .failed: return text("failed", .red, Spelling.duration(seconds))
    case .blocked(let blocker): return text("not run", .yellow, "(needs \(blocker))")
    case .stopped: return text("stopped", .yellow, "(run again to go on)")
    }
  }
}
