import Files
import Glibc
import Synchronization

/// The files of a process that ends before its n-th change to the disk: from then on every change fails.
package final class EndingProcess: FileSystem {
  private let remaining: Atomic<Int>

  package init(before change: Int) { remaining = Atomic(change) }

  package var hasEnded: Bool { remaining.load(ordering: .relaxed) < 0 }

  package func perform(_ call: FileCall, _ make: () -> Int) -> Int {
    guard call.isChange, remaining.wrappingSubtract(1, ordering: .relaxed).newValue < 0 else {
      return call.simulated(make)
    }
    errno = EIO
    return -1
  }
}
