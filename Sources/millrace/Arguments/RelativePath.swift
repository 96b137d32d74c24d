import Glibc

/// The path of a file relative to a folder, for texts that are read from there.
enum RelativePath {
  /// The path of a file as seen from a folder; the path as it is where either does not exist.
  ///
  /// - Parameter folder: empty for the working folder.
  static func of(_ path: String, from folder: String) -> String {
    guard let file = real(path), let start = real(folder.isEmpty ? "." : folder) else {
      return path
    }
    let shared = zip(file, start).prefix { $0 == $1 }.count
    let up = Array(repeating: "..", count: start.count - shared)
    return (up + file.dropFirst(shared)).joined(separator: "/")
  }

  /// The folders from the root on, without links, and the file.
  private static func real(_ path: String) -> [String]? {
    guard let bytes = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(bytes) }
    return unsafe String(cString: bytes).split(separator: "/").map(String.init)
  }
}
