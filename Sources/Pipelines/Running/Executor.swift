import Diagnostics
import Dispatch
import Glibc

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
    guard Self.hasDescriptors else { return end(.failed(Diagnostic(.noDescriptors), seconds: 0)) }
    DispatchQueue.global().async { end(worker.perform(order)) }
  }

  /// Whether as many files can be opened as the first thread needs for its events.
  ///
  /// Dispatch ends the process where they cannot.
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
