import Diagnostics
import Files
import Synchronization

/// A request to stop, which running work polls: at the first, it stops at a checkpoint.
///
/// Work that does not come to poll within a second is given up where it is. Nothing is lost by that: what
/// is whole is recorded, and the next run goes on from the last checkpoint.
package final class Interruption: Sendable {
  private let requests = Atomic(0)
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

  /// Whether work must be given up, since it neither polls nor writes a checkpoint.
  ///
  /// May be asked in a signal's handler, again and again from a second after the request on.
  package var isOverdue: Bool { WorkClock.secondsUnseen >= 1 && !OutputFile.isWritingOwn }

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
