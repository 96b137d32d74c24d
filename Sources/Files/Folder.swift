import Diagnostics
import Glibc

/// What a store does with folders and names in them; each function is one system call or a walk of them.
package enum Folder {
  /// Makes a folder and those above it.
  ///
  /// - Returns: the folders that were not there, the uppermost first.
  /// - Throws: also when something else has that path.
  @discardableResult
  package static func create(
    _ path: String, in files: any FileSystem = SystemFiles()
  ) throws(Diagnostic) -> [String] {
    if make(path, in: files) { return [path] }
    var made: [String] = []
    if errno == ENOENT, let slash = path.lastIndex(of: "/"), slash != path.startIndex {
      made = try create(String(path[..<slash]), in: files)
      if make(path, in: files) { return made + [path] }
    }
    guard errno == EEXIST else { throw Diagnostic(.cannot("make the folder", path)) }
    var status = stat()
    let call = FileCall.examine(path: path)
    guard files.perform(call, { Int(unsafe stat(path, &status)) }) == 0 else {
      let reason = errno
      // Another process may have removed it since; a link that leads nowhere is still there.
      if reason == ENOENT, files.perform(call, { Int(unsafe lstat(path, &status)) }) != 0,
        errno == ENOENT
      {
        return try made + create(path, in: files)
      }
      throw Diagnostic(.cannot("make the folder", path, code: reason))
    }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      throw Diagnostic(.cannot("make the folder", path, code: ENOTDIR))
    }
    return made
  }

  private static func make(_ path: String, in files: any FileSystem) -> Bool {
    files.perform(.makeFolder(path: path)) { Int(unsafe mkdir(path, 0o777)) } == 0
  }

  /// The names in a folder, sorted; none when it is not there.
  ///
  /// - Throws: when it cannot be read.
  package static func names(
    in path: String, in files: any FileSystem = SystemFiles()
  ) throws(Diagnostic) -> [String] {
    var names: [String] = []
    guard files.perform(.list(path: path), { list(path, into: &names) }) == 0 else {
      if SystemFailure.isAbsence() { return [] }
      throw Diagnostic(.cannot("read", path))
    }
    return names.sorted()
  }

  /// Adds the names in a folder; −1 when it cannot be read, and `errno` says why.
  private static func list(_ path: String, into names: inout [String]) -> Int {
    guard let folder = unsafe opendir(path) else { return -1 }
    defer {
      let reason = errno
      unsafe closedir(folder)
      errno = reason
    }
    while true {
      errno = 0
      guard let entry = unsafe readdir(folder) else { break }
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { name in
        unsafe name.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return errno == 0 ? 0 : -1
  }

  /// The folder that a file or folder is in.
  package static func above(_ path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// What a file or folder is called in the folder that it is in.
  package static func name(of path: String) -> Substring {
    path.lastIndex(of: "/").map { path[path.index(after: $0)...] } ?? path[...]
  }

  /// Waits until names made or changed in the folder are on the disk.
  package static func synchronize(
    _ path: String, in files: any FileSystem
  ) throws(Diagnostic) {
    let flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC
    let opened = OpenFile.retried {
      files.perform(.open(path: path, flags: flags)) { Int(unsafe open(path, flags)) }
    }
    guard opened >= 0 else { throw Diagnostic(.cannot("open", path)) }
    let descriptor = Int32(opened)
    defer { _ = files.perform(.close(descriptor)) { Int(close(descriptor)) } }
    let result = OpenFile.retried {
      files.perform(.synchronize(descriptor)) { Int(fsync(descriptor)) }
    }
    // Some network file systems cannot synchronise folders; there is nothing better to do on them.
    guard result == 0 || errno == EINVAL || errno == ENOTSUP else {
      throw Diagnostic(.cannot("write", path))
    }
  }

  /// Removes a folder, the files in it and those in its folders, as far as that is possible.
  package static func remove(_ path: String, in files: any FileSystem = SystemFiles()) {
    for name in (try? names(in: path, in: files)) ?? [] {
      let entry = "\(path)/\(name)"
      if !files.remove(entry), errno == EISDIR || errno == EPERM { remove(entry, in: files) }
    }
    _ = files.removeFolder(path)
  }
}
