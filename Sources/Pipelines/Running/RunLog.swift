import Artifacts
import Diagnostics

/// Where a run tells what happens: to its observer at once, to its journal in batches.
struct RunLog {
  private let observer: any RunObserver
  /// Nil in a store that cannot be written to.
  private let journal: RunJournal?
  private var unwritten: [RunJournal.Event] = []

  /// - Throws: when the store takes no journal.
  init(of runner: Runner) throws(Diagnostic) {
    observer = runner.observer
    let store = runner.store
    journal = store.isReadOnly ? nil : try store.startJournal(id: "\(Host.processNumber)")
  }

  mutating func tell(_ event: RunEvent) {
    if case .ended(let report) = event { unwritten.append(.ended(report)) }
    observer.observe(event)
  }

  /// Tells the journal alone.
  mutating func note(_ event: RunJournal.Event) { unwritten.append(event) }

  /// Writes what the journal was told; one that cannot be written must not stop the work.
  mutating func write() {
    do throws(Diagnostic) { try journal?.append(unwritten) } catch {
      observer.observe(
        .noticed(
          Diagnostic(error.message, at: error.place, excerpt: error.excerpt, severity: .warning)))
    }
    unwritten = []
  }
}
