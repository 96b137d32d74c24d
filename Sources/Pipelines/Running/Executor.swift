import Diagnostics

/// Carries out the stages of a run, such as on threads of this process.
///
/// How an order ended only says why the run need not wait for it any longer. Whether the stage is
/// done, the store decides: it is, if its record is there.
package protocol Executor: Sendable {
  /// Begins to carry out an order, and returns at once.
  ///
  /// - Parameter end: called once, from any thread, when the work on the order has ended.
  func begin(_ order: StageOrder, end: @escaping @Sendable (StageEnding) -> Void)

  /// Called when all orders of a run have ended: returns once it has left nothing behind.
  func settle()
}

extension Executor {
  package func settle() {}
}

/// Carries stages out on threads of this process.
struct ThreadExecutor: Executor {
  let worker: StageWorker

  func begin(_ order: StageOrder, end: @escaping @Sendable (StageEnding) -> Void) {
    do throws(Diagnostic) {
      try WorkerThread.start { end(worker.perform(order)) }
    } catch { end(.failed(error, seconds: 0)) }
  }
}
