#if canImport(Glibc)
  import Glibc
#endif

/// The folder the process works in.
enum WorkingFolder {
  static var path: String {
    guard let bytes = unsafe getcwd(nil, 0) else { return "" }
    defer { unsafe free(bytes) }
    return unsafe String(cString: bytes)
  }
}
