import Diagnostics
import Glibc

extension FileStatus {
  /// Whether the file belongs to the user of this process; false when there is none.
  ///
  /// - Throws: when the path cannot be examined.
  package static func isOwn(
    _ path: String, in files: any FileSystem = SystemFiles()
  ) throws(Diagnostic) -> Bool {
    try examined(path, in: files)?.st_uid == geteuid()
  }
}
