import Diagnostics
import Glibc

extension FileStatus {
  /// Whether a path is that of a folder; a link to one is none.
  ///
  /// - Throws: when the path cannot be examined.
  package static func isFolder(
    _ path: String, in files: any FileSystem = SystemFiles()
  ) throws(Diagnostic) -> Bool {
    try examined(path, in: files).map { $0.st_mode & S_IFMT == S_IFDIR } ?? false
  }
}
