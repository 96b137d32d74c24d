/// The jobs as they were last listed, and when to list them again.
struct QueueListing {
  private(set) var rows: [String: QueueRow] = [:]
  private var backoff = Backoff()
  /// When they were last listed; nil while the scheduler does not answer.
  private var listed: ContinuousClock.Instant?

  var isDue: Bool { backoff.isDue }

  /// Takes a listing; nil for a scheduler that did not answer, which changes nothing that is known.
  ///
  /// - Returns: whether there was one.
  mutating func note(_ found: [QueueRow]?) -> Bool {
    guard let found else {
      listed = nil
      backoff.slowDown()
      return false
    }
    let before = rows
    rows = Dictionary(found.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
    listed = .now
    if rows == before { backoff.slowDown() } else { backoff.hurry() }
    return true
  }

  /// Lists soon again, since something was submitted or has stopped.
  mutating func expectNews() { backoff.expectNews() }

  /// Whether the last listing must have the jobs of this moment.
  func covers(_ moment: ContinuousClock.Instant) -> Bool { listed.map { $0 > moment } ?? false }

  /// A job by its id and its name: ids may be given to other jobs when a scheduler has lost its state.
  func row(of job: OrderedWork.Job) -> QueueRow? {
    rows[job.id].flatMap { $0.name == job.name ? $0 : nil }
  }
}
