import Diagnostics
import Glibc

/// What a store does with folders and names in them; each function is one system call or a walk of them.
package enum Folder {
  /// Makes a folder and those above it; true when it was not there.
  @discardableResult
  package static func create(_ path: String) throws(Diagnostic) -> Bool {
    if unsafe mkdir(path, 0o777) == 0 { return true }
    switch errno {
    case EEXIST: return false
    case ENOENT:
      guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { break }
      try create(String(path[..<slash]))
      if unsafe mkdir(path, 0o777) == 0 { return true }
      if errno == EEXIST { return false }
    default: break
    }
    throw Diagnostic(.cannot("make the folder", path))
  }

  /// The names in a folder, sorted; none when it is not there.
  package static func names(in path: String) -> [String] {
    guard let folder = unsafe opendir(path) else { return [] }
    defer { unsafe closedir(folder) }
    var names: [String] = []
    while let entry = unsafe readdir(folder) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { name in
        unsafe name.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// Waits until names made or changed in the folder are on the disk.
  static func synchronize(_ path: String) throws(Diagnostic) {
    let descriptor = OpenFile.retried { unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    guard descriptor >= 0 else { throw Diagnostic(.cannot("open", path)) }
    defer { _ = close(descriptor) }
    let result = OpenFile.retried { fsync(descriptor) }
    // Some network file systems cannot synchronise folders; there is nothing better to do on them.
    guard result == 0 || errno == EINVAL || errno == ENOTSUP else {
      throw Diagnostic(.cannot("write", path))
    }
  }

  /// Removes a folder, the files in it and those in its folders; what is not there is no problem.
  static func remove(_ path: String) {
    for name in names(in: path) {
      let entry = "\(path)/\(name)"
      if unsafe unlink(entry) != 0, errno == EISDIR || errno == EPERM { remove(entry) }
    }
    _ = unsafe rmdir(path)
  }
}
