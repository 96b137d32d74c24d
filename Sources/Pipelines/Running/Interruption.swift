import Diagnostics
import Synchronization

/// A wish to stop, which work asks for every now and then: the first means stop at a checkpoint.
package final class Interruption: Sendable {
  private let wishes = Atomic(0)
  private let heeding = Atomic(0)
  private let isWishedElsewhere: @Sendable () -> Bool

  /// - Parameter isWishedElsewhere: another sign that nobody waits for the result any more.
  package init(or isWishedElsewhere: @escaping @Sendable () -> Bool = { false }) {
    self.isWishedElsewhere = isWishedElsewhere
  }

  package var isWished: Bool { wishes.load(ordering: .relaxed) > 0 || isWishedElsewhere() }

  /// Whether work is under way that asks for the wish; without any, nothing would come of it.
  package var isHeeded: Bool { heeding.load(ordering: .relaxed) > 0 }

  /// Counts one wish.
  ///
  /// - Returns: how many there have been.
  @discardableResult
  package func wish() -> Int { wishes.wrappingAdd(1, ordering: .relaxed).newValue }

  /// Does work that asks for the wish.
  package func heeded<Result>(by work: () throws(Diagnostic) -> Result) throws(Diagnostic) -> Result
  {
    heeding.wrappingAdd(1, ordering: .relaxed)
    defer { heeding.wrappingSubtract(1, ordering: .relaxed) }
    return try work()
  }
}
