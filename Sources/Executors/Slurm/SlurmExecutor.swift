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
  /// How many pauses are waited for while more is ordered.
  private static let mostPauses = 50

  private let inbox = Mutex(Inbox())
  private let interruption: Interruption
  private let detachesFromJobs: Bool
  private let makeWatch: @Sendable () -> JobWatch

  /// - Parameters:
  ///   - detachment: where given, stages are left to their jobs as soon as they are in some.
  ///   - tell: is told what happens to stages in jobs.
  package init(
    program: WorkProgram, store: ArtifactStore, client: SlurmClient, settings: ClusterSettings,
    keepsStateOfFailures: Bool, interruption: Interruption, detachment: Detachment? = nil,
    tell: @escaping @Sendable (RunEvent) -> Void
  ) {
    self.interruption = interruption
    detachesFromJobs = detachment != nil
    makeWatch = {
      JobWatch(
        program: program, store: store, client: client, settings: settings,
        keepsStateOfFailures: keepsStateOfFailures, detachment: detachment, tell: tell)
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

  package func settle() { while inbox.withLock({ $0.isAttended }) { usleep(Self.pause / 10) } }

  /// Looks after what was ordered, until nothing is left.
  private func attend() {
    let watch = makeWatch()
    var pauses = 0
    while true {
      usleep(Self.pause)
      let orders = inbox.withLock { inbox in
        defer { inbox.orders = [] }
        if inbox.orders.isEmpty, watch.isIdle {
          watch.leave()
          inbox.isAttended = false
        }
        return inbox.isAttended ? inbox.orders : nil
      }
      guard let orders else { return }
      for (order, end) in orders { watch.add(order, end: end) }
      // What becomes ready together is to be submitted together.
      pauses = orders.isEmpty ? 0 : pauses + 1
      guard pauses == 0 || pauses > Self.mostPauses || interruption.isRequested else { continue }
      guard !detachesFromJobs else {
        // Who stops a look at a detached run does not stop the run.
        if !interruption.isRequested { watch.look() }
        if interruption.isRequested || watch.isUnderWay { watch.letGo() }
        continue
      }
      if interruption.isRequested || watch.isDisowned { watch.cancel() } else { watch.look() }
    }
  }
}
