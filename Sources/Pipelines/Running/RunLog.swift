import Artifacts
import Diagnostics
import Files

/// Passes the events of a run to its observer at once and to its journal in batches.
struct RunLog {
  private let observer: any RunObserver
  private let store: ArtifactStore
  /// Nil in a store that cannot be written to, and before the end of what is told of then alone.
  private var journal: RunJournal?
  private let isOfEndAlone: Bool
  private var unwritten: [RunJournal.Event] = []

  /// - Throws: when the store takes no journal.
  init(
    _ observer: any RunObserver, in store: ArtifactStore, for request: RunRequest
  ) throws(Diagnostic) {
    self.observer = observer
    self.store = store
    isOfEndAlone = request.goesOn
    if !isOfEndAlone { try start() }
  }

  private mutating func start() throws(Diagnostic) {
    journal = store.isReadOnly ? nil : try store.startJournal(id: "\(Host.processNumber)")
  }

  mutating func tell(_ event: RunEvent) {
    if case .ended(let report) = event { unwritten.append(.ended(report)) }
    observer.observe(event)
  }

  /// Adds an event for the journal alone.
  mutating func note(_ event: RunJournal.Event) { unwritten.append(event) }

  /// Writes the events to the journal; a journal that cannot be written must not stop the work.
  ///
  /// - Parameter isEnd: whether it is the end of the run, with nothing left to be done.
  mutating func write(isEnd: Bool = false) {
    guard !isOfEndAlone || isEnd else { return }
    do throws(Diagnostic) {
      if isOfEndAlone { try start() }
      try journal?.append(unwritten)
    } catch {
      observer.observe(
        .noticed(
          Diagnostic(error.message, at: error.place, excerpt: error.excerpt, severity: .warning)))
    }
    unwritten = []
  }
}
