import Artifacts
import Diagnostics
import Files

/// Passes the events of a run to its observer at once and to its journal in batches.
struct RunLog {
  private let observer: any RunObserver
  /// Nil in a store that cannot be written to.
  private let journal: RunJournal?
  private var unwritten: [RunJournal.Event] = []

  /// - Throws: when the store takes no journal.
  init(of runner: Runner) throws(Diagnostic) {
    observer = runner.observer
    journal =
      runner.store.isReadOnly ? nil : try runner.store.startJournal(id: "\(Host.processNumber)")
  }

  mutating func tell(_ event: RunEvent) {
    if case .ended(let report) = event { unwritten.append(.ended(report)) }
    observer.observe(event)
  }

  /// Adds an event for the journal alone.
  mutating func note(_ event: RunJournal.Event) { unwritten.append(event) }

  /// Writes the events to the journal; a journal that cannot be written must not stop the work.
  mutating func write() {
    do throws(Diagnostic) { try journal?.append(unwritten) } catch {
      observer.observe(
        .noticed(
          Diagnostic(error.message, at: error.place, excerpt: error.excerpt, severity: .warning)))
    }
    unwritten = []
  }
}
