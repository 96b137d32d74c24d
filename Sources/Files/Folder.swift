import Diagnostics
import Glibc

/// What a store does with folders and names in them; each function is one system call or a walk of them.
package enum Folder {
  /// Makes a folder and those above it; true when it was not there.
  ///
  /// - Throws: also when something else has that path.
  @discardableResult
  package static func create(_ path: String) throws(Diagnostic) -> Bool {
    if unsafe mkdir(path, 0o777) == 0 { return true }
    if errno == ENOENT, let slash = path.lastIndex(of: "/"), slash != path.startIndex {
      try create(String(path[..<slash]))
      if unsafe mkdir(path, 0o777) == 0 { return true }
    }
    guard errno == EEXIST else { throw Diagnostic(.cannot("make the folder", path)) }
    var status = stat()
    guard unsafe stat(path, &status) == 0 else {
      let reason = errno
      // Another process may have removed it since; a link that leads nowhere is still there.
      if reason == ENOENT, unsafe lstat(path, &status) != 0, errno == ENOENT {
        return try create(path)
      }
      throw Diagnostic(.cannot("make the folder", path, code: reason))
    }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      throw Diagnostic(.cannot("make the folder", path, code: ENOTDIR))
    }
    return false
  }

  /// The names in a folder, sorted; none when it is not there.
  ///
  /// - Throws: when it cannot be read.
  package static func names(in path: String) throws(Diagnostic) -> [String] {
    guard let folder = unsafe opendir(path) else {
      if SystemFailure.isAbsence() { return [] }
      throw Diagnostic(.cannot("read", path))
    }
    defer { unsafe closedir(folder) }
    var names: [String] = []
    while true {
      errno = 0
      guard let entry = unsafe readdir(folder) else { break }
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { name in
        unsafe name.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    guard errno == 0 else { throw Diagnostic(.cannot("read", path)) }
    return names.sorted()
  }

  /// Waits until names made or changed in the folder are on the disk.
  package static func synchronize(_ path: String) throws(Diagnostic) {
    let descriptor = OpenFile.retried { unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    guard descriptor >= 0 else { throw Diagnostic(.cannot("open", path)) }
    defer { _ = close(descriptor) }
    let result = OpenFile.retried { fsync(descriptor) }
    // Some network file systems cannot synchronise folders; there is nothing better to do on them.
    guard result == 0 || errno == EINVAL || errno == ENOTSUP else {
      throw Diagnostic(.cannot("write", path))
    }
  }

  /// Removes a folder, the files in it and those in its folders, as far as that is possible.
  package static func remove(_ path: String) {
    for name in (try? names(in: path)) ?? [] {
      let entry = "\(path)/\(name)"
      if unsafe unlink(entry) != 0, errno == EISDIR || errno == EPERM { remove(entry) }
    }
    _ = unsafe rmdir(path)
  }
}
