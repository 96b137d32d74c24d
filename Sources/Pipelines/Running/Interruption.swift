import Diagnostics
import Files
import Synchronization

/// A request to stop, which running work polls: at the first, it stops at a checkpoint.
///
/// Work that does not come to poll within a second is given up where it is. Nothing is lost by that: what
/// is whole is recorded, and the next run goes on from the last checkpoint.
package final class Interruption: Sendable {
  /// Microseconds between two reminders of a request.
  package static let reminderInterval = 100_000
  /// So many reminders come within a second.
  private static let mostReminders = 9

  private let requests = Atomic(0)
  /// Reminders that came since work last polled.
  private let reminders = Atomic(0)
  private let pollers = Atomic(0)
  private let signal = Atomic<Int32>(0)
  private let hasCheckpoints = Atomic(true)
  private let isRequestedElsewhere: @Sendable () -> Bool

  /// - Parameter isRequestedElsewhere: another sign that nobody needs the result any more.
  package init(or isRequestedElsewhere: @escaping @Sendable () -> Bool = { false }) {
    self.isRequestedElsewhere = isRequestedElsewhere
  }

  package var isRequested: Bool {
    WorkClock.see()
    reminders.store(0, ordering: .relaxed)
    return requests.load(ordering: .relaxed) > 0 || isRequestedElsewhere()
  }

  /// Whether work is under way that polls the request; without any, a request would have no effect.
  package var isPolled: Bool { pollers.load(ordering: .relaxed) > 0 }

  /// The first signal that requested a stop; 0 where none did.
  package var firstSignal: Int32 { signal.load(ordering: .relaxed) }

  /// Requests a stop; may be called in a signal's handler.
  ///
  /// - Parameter number: the signal that asks for it; 0 for none.
  /// - Returns: how many requests there have been.
  @discardableResult
  package func request(by number: Int32 = 0) -> Int {
    _ = signal.compareExchange(expected: 0, desired: number, ordering: .relaxed)
    return requests.wrappingAdd(1, ordering: .relaxed).newValue
  }

  /// Reminds of a request; may be called in a signal's handler.
  ///
  /// Of the reminders that fall into a time when the program is suspended, or gets no processor, only
  /// one comes, so that no work is taken for hanging that had no chance to poll.
  ///
  /// - Returns: whether work must be given up, since it neither polls nor writes a checkpoint.
  package func remind() -> Bool {
    let count = reminders.wrappingAdd(1, ordering: .relaxed).newValue
    return count >= Self.mostReminders && !OutputFile.isWritingOwn
  }

  /// What the program ends with when work is given up: 75 where it can go on, else as by the signal.
  package var endingCode: Int32 { hasCheckpoints.load(ordering: .relaxed) ? 75 : 128 + firstSignal }

  /// Does work that polls the request.
  ///
  /// - Parameter hasCheckpoints: whether it goes on where it was when it is done again.
  package func polled<Result>(
    hasCheckpoints: Bool = true, by work: () throws(Diagnostic) -> Result
  ) throws(Diagnostic) -> Result {
    self.hasCheckpoints.store(hasCheckpoints, ordering: .relaxed)
    pollers.wrappingAdd(1, ordering: .relaxed)
    defer { pollers.wrappingSubtract(1, ordering: .relaxed) }
    return try work()
  }
}
