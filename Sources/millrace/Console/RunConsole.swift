import Artifacts
import Diagnostics
import Pipelines
import Reports
import Synchronization

/// Shows a run to a person: a line for each stage, and what is running below on a terminal.
final class RunConsole: RunObserver {
  private struct Display {
    var running: [(stage: String, progress: StageProgress?)] = []
    var drawnLines = 0
    var lastDrawing = ContinuousClock.now
  }

  private let terminal: Terminal
  private let nameWidth: Int
  /// Whether epochs and the like get lines of their own.
  private let isVerbose: Bool
  private let display = Mutex(Display())

  init(plan: Plan, terminal: Terminal, isVerbose: Bool) {
    self.terminal = terminal
    self.isVerbose = isVerbose
    nameWidth = plan.stages.map(\.name.count).max() ?? 0
  }

  func observe(_ event: RunEvent) {
    display.withLock { display in
      switch event {
      case .started(let stage):
        display.running.append((stage, nil))
        draw(&display)
      case .progressed(let stage, let progress):
        guard let index = display.running.firstIndex(where: { $0.stage == stage }) else { return }
        display.running[index].progress = progress
        if display.lastDrawing.duration(to: .now) > .milliseconds(100) { draw(&display) }
      case .said(let stage, let text):
        if isVerbose { print("  \(stage.padded(to: nameWidth))  \(text)", &display) }
      case .ended(let report):
        display.running.removeAll { $0.stage == report.stage }
        print(line(for: report), &display)
      case .noticed(let problem):
        terminal.write(erasing(&display))
        Terminal.errors.line("\(problem)")
        draw(&display)
      }
    }
  }

  /// A line that stays, above the drawing of what is running.
  private func print(_ text: String, _ display: inout Display) {
    terminal.write(erasing(&display) + text + "\n")
    draw(&display)
  }

  private func draw(_ display: inout Display) {
    guard terminal.isInteractive else { return }
    let width = terminal.width - 1
    let lines = display.running.map { running -> String in
      let (stage, progress) = running
      let text = progress.map(Self.text) ?? ""
      return String("  \(stage.padded(to: nameWidth))  running  \(text)".prefix(width))
    }
    terminal.write(erasing(&display) + lines.map { $0 + "\n" }.joined())
    display.drawnLines = lines.count
    display.lastDrawing = .now
  }

  /// What removes the drawing from the screen.
  private func erasing(_ display: inout Display) -> String {
    defer { display.drawnLines = 0 }
    return display.drawnLines > 0 ? "\u{1B}[\(display.drawnLines)A\u{1B}[J" : ""
  }

  private static func text(_ progress: StageProgress) -> String {
    var text = progress.text
    if let fraction = progress.fraction {
      text = "\(Spelling.fixed(fraction * 100, places: 0).leftPadded(to: 3)) %  \(text)"
    }
    if let left = progress.secondsLeft { text += "  \(Spelling.duration(left)) left" }
    return text
  }

  private func line(for report: StageReport) -> String {
    let name = report.stage.padded(to: nameWidth)
    func text(_ state: String, _ style: Terminal.Style, _ rest: String) -> String {
      "  \(name)  \(terminal.styled(state.padded(to: 7), style))  \(rest)"
    }
    switch report.outcome {
    case .cached(let reason):
      return text("cached", .dim, report.summary + (reason.map { "  (\($0))" } ?? ""))
    case .ran:
      return text("ran", .green, "\(report.summary)  \(Spelling.duration(report.seconds))")
    case .failed(let problem): return text("failed", .red, "\n\(problem)")
    case .blocked(let blocker): return text("not run", .yellow, "(needs \(blocker))")
    case .stopped: return text("stopped", .yellow, "(run again to go on)")
    }
  }
}

/// Tells a program of a run: JSON Lines.
final class RunLines: RunObserver {
  private let output = Mutex(Terminal.output)

  func observe(_ event: RunEvent) {
    switch event {
    case .started(let stage): line(["event": "started", "stage": .string(stage)])
    case .said(let stage, let text):
      line(["event": "said", "stage": .string(stage), "text": .string(text)])
    case .noticed(let problem): line(["event": "notice", "text": .string("\(problem)")])
    case .ended(let report): line(report.json)
    case .progressed: break
    }
  }

  func line(_ value: JSONValue) { output.withLock { $0.line(value.compact) } }
}
