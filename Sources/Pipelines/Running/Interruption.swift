import Diagnostics
import Synchronization

/// A request to stop, which running work polls: at the first, it stops at a checkpoint.
package final class Interruption: Sendable {
  private let requests = Atomic(0)
  private let pollers = Atomic(0)
  private let signal = Atomic<Int32>(0)
  private let isRequestedElsewhere: @Sendable () -> Bool

  /// - Parameter isRequestedElsewhere: another sign that nobody needs the result any more.
  package init(or isRequestedElsewhere: @escaping @Sendable () -> Bool = { false }) {
    self.isRequestedElsewhere = isRequestedElsewhere
  }

  package var isRequested: Bool { requests.load(ordering: .relaxed) > 0 || isRequestedElsewhere() }

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

  /// Does work that polls the request.
  package func polled<Result>(by work: () throws(Diagnostic) -> Result) throws(Diagnostic) -> Result
  {
    pollers.wrappingAdd(1, ordering: .relaxed)
    defer { pollers.wrappingSubtract(1, ordering: .relaxed) }
    return try work()
  }
}
