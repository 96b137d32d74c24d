import Diagnostics
import Dispatch
import Glibc

/// Carries out the stages of a run, such as on threads of this process.
///
/// How an order ended only says why the run need not wait for it any longer. Whether the stage is
/// done, the store decides: it is, if its record is there.
package protocol Executor: Sendable {
  /// Begins to carry out an order, and returns at once.
  ///
  /// - Parameter end: called once, from any thread, when the work on the order has ended.
  func begin(_ order: StageOrder, end: @escaping @Sendable (StageEnding) -> Void)
}

/// Carries stages out on threads of this process.
struct ThreadExecutor: Executor {
  let worker: StageWorker

  func begin(_ order: StageOrder, end: @escaping @Sendable (StageEnding) -> Void) {
    guard Self.hasDescriptors else { return end(.failed(Diagnostic(.noDescriptors), seconds: 0)) }
    DispatchQueue.global().async { end(worker.perform(order)) }
  }

  /// Whether enough files can be opened for the event descriptors of a first thread.
  ///
  /// Dispatch ends the process when it cannot open them.
  private static var hasDescriptors: Bool {
    let opened = (0..<3).map { _ in unsafe open("/dev/null", O_RDONLY | O_CLOEXEC) }
    for descriptor in opened where descriptor >= 0 { close(descriptor) }
    return opened.allSatisfy { $0 >= 0 }
  }
}

extension Diagnostic.Message {
  fileprivate static let noDescriptors = Self(
    "cannot start a thread: Too many open files", remedy: "allow more of them with ulimit -n")
}
