import Glibc

/// The folder of the store that a command uses unless one is named.
enum StoreFolder {
  private static let name = ".millrace"

  /// The store beside a file or in a folder above it; the working folder's where there is none.
  ///
  /// Folders that everybody may write to, such as `/tmp`, are skipped, since a store in them may belong
  /// to anyone.
  ///
  /// - Parameter file: a definition; nil to begin in the working folder.
  static func of(_ file: String?) -> String {
    guard let start = real(file.map(folder(of:)) ?? "."), let working = real(".") else {
      return name
    }
    var folder = start[...]
    while true {
      let path = folder.isEmpty ? "/" : String(folder)
      if isFolder("\(folder)/\(name)"), folder == start || !isEverybodys(path) {
        return folder == working ? name : "\(folder)/\(name)"
      }
      guard let slash = folder.lastIndex(of: "/") else { return name }
      folder = folder[..<slash]
    }
  }

  private static func folder(of file: String) -> String {
    guard let slash = file.lastIndex(of: "/") else { return "." }
    return slash == file.startIndex ? "/" : String(file[..<slash])
  }

  private static func real(_ path: String) -> String? {
    guard let bytes = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(bytes) }
    let path = unsafe String(cString: bytes)
    return path == "/" ? "" : path
  }

  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  private static func isEverybodys(_ path: String) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) == 0 && status.st_mode & S_IWOTH != 0
  }
}
