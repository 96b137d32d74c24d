import Diagnostics
import Digests
import Files
import Glibc

/// The log of unfinished work, and the reason of its failure.
extension KeyClaim {
  /// Adds a line to the log; a log that cannot be written must not stop the work.
  package func log(_ line: String) {
    _ = try? OpenFile("\(folder)/\(UnfinishedWork.logName)", for: .append, in: files)
      .write((line + "\n").utf8.span)
  }

  /// Stores why the work failed.
  ///
  /// - Parameter keepingState: whether checkpoints stay, so that a new attempt goes on from them.
  package func recordFailure(_ reason: String, keepingState: Bool) {
    guard isStillInPlace else { return }
    log("error: \(reason)")
    if !keepingState { removeState() }
    _ = try? OpenFile("\(folder)/\(UnfinishedWork.failureName)", for: .replace, in: files)
      .write(reason.utf8.span)
  }

  /// Removes checkpoints; the reason of a failure and the log stay.
  func removeState() {
    for name in (try? Folder.names(in: folder, in: files)) ?? []
    where !UnfinishedWork.smallNames.contains(name) {
      remove(name)
    }
  }

  /// Starts the log anew when the last attempt failed; one that was only stopped is gone on with.
  package func forgetFailure() {
    guard files.remove("\(folder)/\(UnfinishedWork.failureName)") else { return }
    remove(UnfinishedWork.logName)
  }

  private func remove(_ name: String) {
    let path = "\(folder)/\(name)"
    if !files.remove(path) { Folder.remove(path, in: files) }
  }
}

/// The log and the reason of failed work, which has no record.
package struct UnfinishedWork: Sendable {
  static let logName = "log"
  static let failureName = "failure"
  /// The files that are no checkpoints: the lock, the log and the reason of a failure.
  static let smallNames = [KeyClaim.lockName, logName, failureName]

  /// Why the last attempt failed.
  package let failure: String
  /// The file with what it said before.
  package let logPath: String
}

extension ArtifactStore {
  /// The failed work on a key; nil when it did not fail.
  package func failure(of key: Digest) throws(Diagnostic) -> UnfinishedWork? {
    let folder = partialFolder(key)
    guard let bytes = try bytes(of: "\(folder)/\(UnfinishedWork.failureName)") else {
      return nil
    }
    return UnfinishedWork(
      failure: String(decoding: bytes, as: UTF8.self),
      logPath: "\(folder)/\(UnfinishedWork.logName)")
  }
}
