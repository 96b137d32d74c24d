import Diagnostics
import Pipelines
import Reports

/// Lines that stay and, on a terminal, a drawing of what is running below them.
struct LiveDisplay {
  private let terminal: Terminal
  private let nameWidth: Int
  private var running: [(stage: String, progress: StageProgress?)] = []
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

  /// A line that stays, above the drawing of what is running.
  mutating func print(_ text: String) {
    erase()
    terminal.line(text)
    draw()
  }

  /// A line that stays, on standard error.
  mutating func printProblem(_ text: String) {
    erase()
    Terminal.errors.line(text)
    draw()
  }

  private mutating func draw() {
    guard terminal.isInteractive else { return }
    let width = terminal.width - 1
    let lines = running.map { stage, progress in
      let text = progress.map(Self.text) ?? ""
      return String("  \(stage.padded(to: nameWidth))  running  \(text)".prefix(width))
    }
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

  private static func text(_ progress: StageProgress) -> String {
    var text = progress.text
    if let fraction = progress.fraction {
      text = "\(Spelling.fixed(fraction * 100, places: 0).leftPadded(to: 3)) %  \(text)"
    }
    if let left = progress.secondsLeft { text += "  \(Spelling.duration(left)) left" }
    return text
  }
}
