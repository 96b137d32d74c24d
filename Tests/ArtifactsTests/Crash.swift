import Artifacts
import Diagnostics
import Synchronization

/// A process that ends before its n-th change to the disk: from then on every change fails.
final class Crash: Sendable {
  private let remaining: Mutex<Int>
  init(before step: Int) { remaining = Mutex(step) }

  var happened: Bool { remaining.withLock { $0 < 0 } }

  func passStep() throws(Diagnostic) {
    let isOver = remaining.withLock { remaining in
      remaining -= 1
      return remaining < 0
    }
    if isOver { throw Diagnostic(Diagnostic.Message("the process ended")) }
  }

  /// A store of the process.
  func store(_ root: String) -> ArtifactStore {
    ArtifactStore(root: root) { _ throws(Diagnostic) in try self.passStep() }
  }
}
