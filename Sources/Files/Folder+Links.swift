import Glibc

extension Folder {
  /// Whether a link stands in the path's place, wherever it leads.
  package static func isLink(_ path: String, in files: any FileSystem = SystemFiles()) -> Bool {
    var status = stat()
    let result = files.perform(.examine(path: path)) { Int(unsafe lstat(path, &status)) }
    return result == 0 && status.st_mode & S_IFMT == S_IFLNK
  }
}
