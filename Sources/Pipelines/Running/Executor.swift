import Dispatch

/// Where the stages of a run are carried out.
///
/// The store is the truth: how an order ended says only why there is nothing left to wait for.
/// Whether the stage is done is for its record to say.
package protocol Executor: Sendable {
  /// Begins to carry out an order, and returns at once.
  ///
  /// - Parameter end: called once, from any thread, when nothing is done for the order any more.
  func begin(_ order: StageOrder, end: @escaping @Sendable (StageEnding) -> Void)
}

/// Carries stages out on threads of this process.
struct ThreadExecutor: Executor {
  let worker: StageWorker

  func begin(_ order: StageOrder, end: @escaping @Sendable (StageEnding) -> Void) {
    DispatchQueue.global().async { end(worker.perform(order)) }
  }
}
