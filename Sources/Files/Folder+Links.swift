import Glibc

extension Folder {
  /// Whether a link stands in the path's place, wherever it leads.
  package static func isLink(_ path: String, in files: any FileSystem = SystemFiles()) -> Bool {
    guard let status = try? FileStatus.examined(path, in: files) else { return false }
    return status.st_mode & S_IFMT == S_IFLNK
  }
}
