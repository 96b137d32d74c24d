import Diagnostics
import Pipelines
import Reports

/// Lines that stay and, on a terminal, a drawing of what is running below them.
struct LiveDisplay {
  private let terminal: Terminal
  private let nameWidth: Int
  private var running: [(stage: String, progress: StageProgress?)] = []
  /// What is said below of all that is running.
  private var summary: String?
  private var drawnLines = 0
  private var lastDrawing = ContinuousClock.now

  init(terminal: Terminal, nameWidth: Int) {
    self.terminal = terminal
    self.nameWidth = nameWidth
  }

  mutating func start(_ stage: String) {
    running.append((stage, nil))
    draw()
  }

  mutating func progress(_ stage: String, _ progress: StageProgress) {
    guard let index = running.firstIndex(where: { $0.stage == stage }) else { return }
    running[index].progress = progress
    if lastDrawing.duration(to: .now) > .milliseconds(100) { draw() }
  }

  mutating func end(_ stage: String) {
    running.removeAll { $0.stage == stage }
    draw()
  }

  /// Says something else below, from the next drawing on.
  mutating func sum(up text: String) { summary = text }

  /// A line that stays, above the drawing of what is running.
  mutating func print(_ text: String) { print("", text) }

  /// A text that stays, whose further lines stand behind the heading of its first.
  mutating func print(_ heading: String, _ text: String) {
    erase()
    terminal.line(heading, text)
    draw()
  }

  /// A problem that stays, on standard error.
  mutating func print(_ problem: Diagnostic) {
    erase()
    Terminal.errors.tell(problem)
    draw()
  }

  private mutating func draw() {
    guard terminal.canErase else { return }
    let width = terminal.width - 1
    var lines = running.map { stage, progress in
      "  \(stage.padded(to: nameWidth))  \(progress.map(Self.text) ?? "running")"
    }
    if let summary, !running.isEmpty { lines.append("  \(summary)") }
    lines = lines.map { $0.fitted(to: width) }
    erase()
    terminal.write(lines.map { $0 + "\n" }.joined())
    drawnLines = lines.count
    lastDrawing = .now
  }

  /// Removes the drawing from the screen.
  private mutating func erase() {
    if drawnLines > 0 { terminal.command("\u{1B}[\(drawnLines)A\u{1B}[J") }
    drawnLines = 0
  }

  /// ` 26 % · 19 s left · epoch 1/2 · loss 0.9300`: what a narrow terminal should not lose comes first.
  private static func text(_ progress: StageProgress) -> String {
    let share = progress.fraction.map {
      "\(Spelling.fixed($0 * 100, places: 0).leftPadded(to: 3)) %"
    }
    let left = progress.secondsLeft.map { "\(Spelling.duration($0)) left" }
    return ([share, left].compactMap(\.self) + [progress.text]).joined(separator: " · ")
  }
}
