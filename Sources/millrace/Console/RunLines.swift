import Formats
import Pipelines
import Synchronization

/// Writes the events of a run for programs, as JSON Lines.
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
