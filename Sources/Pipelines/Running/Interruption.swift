import Diagnostics
import Synchronization

/// A request to stop, which running work polls: at the first, it stops at a checkpoint.
package final class Interruption: Sendable {
  private let wishes = Atomic(0)
  private let heeding = Atomic(0)
  private let isWishedElsewhere: @Sendable () -> Bool

  /// - Parameter isWishedElsewhere: another sign that nobody needs the result any more.
  package init(or isWishedElsewhere: @escaping @Sendable () -> Bool = { false }) {
    self.isWishedElsewhere = isWishedElsewhere
  }

  package var isWished: Bool { wishes.load(ordering: .relaxed) > 0 || isWishedElsewhere() }

  /// Whether work is under way that polls the request; without any, a request would have no effect.
  package var isHeeded: Bool { heeding.load(ordering: .relaxed) > 0 }

  /// Requests a stop.
  ///
  /// - Returns: how many requests there have been.
  @discardableResult
  package func wish() -> Int { wishes.wrappingAdd(1, ordering: .relaxed).newValue }

  /// Does work that polls the request.
  package func heeded<Result>(by work: () throws(Diagnostic) -> Result) throws(Diagnostic) -> Result
  {
    heeding.wrappingAdd(1, ordering: .relaxed)
    defer { heeding.wrappingSubtract(1, ordering: .relaxed) }
    return try work()
  }
}
