import Diagnostics
import Glibc

extension FileStatus {
  /// Whether the file belongs to the user of this process; false when there is none.
  ///
  /// - Throws: when the path cannot be examined.
  package static func isOwn(
    _ path: String, in files: any FileSystem = SystemFiles()
  ) throws(Diagnostic) -> Bool {
    var status = stat()
    let result = files.perform(.examine(path: path)) { Int(unsafe lstat(path, &status)) }
    guard result == 0 else {
      if SystemFailure.isAbsence() { return false }
      throw Diagnostic(.cannot("examine", path))
    }
    return status.st_uid == geteuid()
  }
}
