import Diagnostics
import Dispatch
import Glibc

/// Threads for work that takes long.
package enum WorkerThread {
  /// Does work on another thread.
  ///
  /// - Throws: when no files can be opened, which a first thread needs: Dispatch would end the process.
  package static func start(_ work: @escaping @Sendable () -> Void) throws(Diagnostic) {
    guard hasDescriptors else { throw Diagnostic(.noDescriptors) }
    DispatchQueue.global().async(execute: work)
  }

  /// Whether enough files can be opened for the event descriptors of a first thread.
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
