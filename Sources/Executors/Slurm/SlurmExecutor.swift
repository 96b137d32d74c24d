import Artifacts
import Diagnostics
import Glibc
import Pipelines
import Synchronization

/// Carries stages out in jobs of Slurm, which find them as written orders in the store.
///
/// Whether a stage is done, the store says. What Slurm says of a job is only a hint at why a result
/// is not there yet, so that neither its crash nor that of this process can lose or spoil one.
package final class SlurmExecutor: Executor {
  private struct Inbox {
    var orders: [(order: StageOrder, end: @Sendable (StageEnding) -> Void)] = []
    /// Whether a thread looks after what is in it.
    var isAttended = false
  }

  /// Microseconds between two looks; what is ordered meanwhile is submitted together.
  private static let pause: UInt32 = 100_000

  private let inbox = Mutex(Inbox())
  private let interruption: Interruption
  private let makeWatch: @Sendable () -> JobWatch

  /// - Parameter tell: is told what happens to stages in jobs.
  package init(
    program: WorkProgram, store: ArtifactStore, client: SlurmClient, settings: ClusterSettings,
    keepsStateOfFailures: Bool, interruption: Interruption,
    tell: @escaping @Sendable (RunEvent) -> Void
  ) {
    self.interruption = interruption
    makeWatch = {
      JobWatch(
        program: program, store: store, client: client, settings: settings,
        keepsStateOfFailures: keepsStateOfFailures, tell: tell)
    }
  }

  package func begin(_ order: StageOrder, end: @escaping @Sendable (StageEnding) -> Void) {
    let isFirst = inbox.withLock { inbox in
      inbox.orders.append((order, end))
      defer { inbox.isAttended = true }
      return !inbox.isAttended
    }
    guard isFirst else { return }
    do throws(Diagnostic) { try WorkerThread.start { self.attend() } } catch {
      let orders = inbox.withLock { inbox in
        defer { inbox = Inbox() }
        return inbox.orders
      }
      for (_, end) in orders { end(.failed(error, seconds: 0)) }
    }
  }

  /// Looks after what was ordered, until nothing is left.
  private func attend() {
    let watch = makeWatch()
    while true {
      usleep(Self.pause)
      let orders = inbox.withLock { inbox in
        defer { inbox.orders = [] }
        if inbox.orders.isEmpty, watch.isIdle { inbox.isAttended = false }
        return inbox.isAttended ? inbox.orders : nil
      }
      guard let orders else { return }
      for (order, end) in orders { watch.add(order, end: end) }
      if interruption.isRequested { watch.cancel() } else { watch.look() }
    }
  }
}
