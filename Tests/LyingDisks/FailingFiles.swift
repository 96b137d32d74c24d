import Files
import Glibc
import Synchronization

/// Files of which the n-th call fails with an error of the system, or all calls from it on.
///
/// Their clock is ahead, so that what was just made is old enough to be remembered.
package final class FailingFiles: FileSystem {
  private let call: Int
  private let code: Int32
  private let isLasting: Bool
  private let isCounted: @Sendable (FileCall) -> Bool
  private let calls = Atomic(0)

  /// - Parameters:
  ///   - call: which call fails, counted from 0.
  ///   - isCounted: the calls that are meant.
  package init(
    call: Int, with code: Int32, isLasting: Bool,
    among isCounted: @escaping @Sendable (FileCall) -> Bool = { _ in true }
  ) {
    self.call = call
    self.code = code
    self.isLasting = isLasting
    self.isCounted = isCounted
  }

  package var now: Int64 { Clock.later }

  /// Whether a call has failed.
  package var hasFailed: Bool { calls.load(ordering: .relaxed) > call }

  package func perform(_ call: FileCall, _ make: () -> Int) -> Int {
    // What is closed is closed, whatever the system says.
    if case .close = call { return make() }
    guard isCounted(call) else { return call.simulated(make) }
    let number = calls.wrappingAdd(1, ordering: .relaxed).oldValue
    guard isLasting ? number >= self.call : number == self.call else {
      return call.simulated(make)
    }
    errno = code
    return -1
  }
}
