import Artifacts
import Diagnostics
import Formats
import Pipelines
import Processes

/// Carries each stage out in a process of its own, whose crash or hunger for memory ends no other.
package struct IsolatedExecutor: Executor {
  private let program: WorkProgram
  private let store: ArtifactStore
  private let orders: OrderWriter
  private let interruption: Interruption
  private let tell: @Sendable (RunEvent) -> Void

  /// - Parameter tell: is told what the workers tell.
  package init(
    program: WorkProgram, store: ArtifactStore, keepsStateOfFailures: Bool,
    interruption: Interruption, tell: @escaping @Sendable (RunEvent) -> Void
  ) {
    self.program = program
    self.store = store
    orders = OrderWriter(to: store, keepsStateOfFailures: keepsStateOfFailures)
    self.interruption = interruption
    self.tell = tell
  }

  package func begin(_ order: StageOrder, end: @escaping @Sendable (StageEnding) -> Void) {
    do throws(Diagnostic) {
      try orders.write(order)
      try WorkerThread.start { end(work(on: order)) }
    } catch { end(.failed(error, seconds: 0)) }
  }

  private func work(on order: StageOrder) -> StageEnding {
    let started = ContinuousClock.now
    let key = order.key.digest
    let child = ChildProcess(
      words: program.words(for: [key]) + ["--cores", "\(order.cores)", "--events"],
      environment: ProcessEnvironment.all,
      output: .lines { line in
        guard let line = try? JSONValue(parsing: line, file: "events"),
          let event = RunEvent(line: line, of: order.stage.name)
        else { return }
        tell(event)
      }, grace: nil)
    var last: String?
    let problem: Diagnostic
    do throws(Diagnostic) {
      let ending = try child.run(
        limit: nil, shouldStop: { interruption.isRequested },
        said: { line in
          if line.contains(where: { !$0.isWhitespace }) { last = line }
        })
      if let written = WrittenEnding(of: key, in: store) {
        if case .ran = written.ending { store.removeOrder(on: key) }
        return written.ending
      }
      if ending == .stopped { return .stopped(seconds: started.secondsSoFar) }
      problem = Diagnostic(.ended(order.stage.name, ending, saying: last), at: order.stage.place)
    } catch { problem = error }
    return .failed(problem, seconds: started.secondsSoFar)
  }
}

extension Diagnostic.Message {
  fileprivate static func ended(
    _ stage: String, _ ending: ChildProcess.Ending, saying last: String?
  ) -> Self {
    let said = last.map { ": \($0)" } ?? ""
    return switch ending {
    case .killed(signal: 9):
      Self(
        "the process of '\(stage)' was killed\(said)",
        remedy: "if it needed more memory than there is, run fewer stages at once with --jobs")
    case .killed(let signal):
      Self("the process of '\(stage)' was ended by signal \(signal)\(said)", remedy: "run it again")
    case .exited(let code):
      Self(
        "the process of '\(stage)' ended with exit code \(code) before its work\(said)",
        remedy: "run it again")
    case .stopped, .timedOut: Self("the process of '\(stage)' was stopped", remedy: "run it again")
    }
  }
}
