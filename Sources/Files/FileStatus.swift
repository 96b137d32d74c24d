import Diagnostics
import Glibc

/// What the file system says of a file; two equal values mean the same unchanged file.
package struct FileStatus: Hashable, Sendable {
  package let device: UInt64
  package let inode: UInt64
  package let byteCount: Int
  /// Last change of the bytes, in nanoseconds since 1970.
  package let modified: Int64
  /// Last change of the bytes, name or rights, in nanoseconds since 1970.
  package let changed: Int64

  package init(device: UInt64, inode: UInt64, byteCount: Int, modified: Int64, changed: Int64) {
    self.device = device
    self.inode = inode
    self.byteCount = byteCount
    self.modified = modified
    self.changed = changed
  }

  package init(_ status: stat) {
    device = UInt64(status.st_dev)
    inode = UInt64(status.st_ino)
    byteCount = Int(status.st_size)
    modified = Self.nanoseconds(status.st_mtim)
    changed = Self.nanoseconds(status.st_ctim)
  }

  /// The status of a path, not following a link; nil when there is nothing there.
  ///
  /// - Throws: when the path cannot be examined.
  package init?(
    ofPath path: String, in files: any FileSystem = SystemFiles()
  ) throws(Diagnostic) {
    guard let status = try Self.examined(path, in: files) else { return nil }
    self.init(status)
  }

  /// What the system knows of a path, not following a link; nil when there is nothing there.
  static func examined(_ path: String, in files: any FileSystem) throws(Diagnostic) -> stat? {
    var status = stat()
    let result = files.perform(.examine(path: path)) { Int(unsafe lstat(path, &status)) }
    guard result == 0 else {
      if SystemFailure.isAbsence() { return nil }
      throw Diagnostic(.cannot("examine", path))
    }
    return status
  }

  private static func nanoseconds(_ time: timespec) -> Int64 {
    Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
  }
}
