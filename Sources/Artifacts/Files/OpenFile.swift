import Diagnostics
import Glibc

/// A file descriptor, closed when the value goes away.
///
/// Each method is one system call, retried on EINTR.
struct OpenFile: ~Copyable {
  /// What the file is opened for.
  enum Access {
    /// Reading what a person named; links are followed.
    case read
    /// Reading a file of our own; a link in its place is refused.
    case readOwn
    /// Writing a new file that must not exist.
    case create
    /// Writing a file from its start, whatever it held.
    case replace
    /// Adding to the end, making the file if need be.
    case append
    /// Locking, making the file if need be.
    case lock

    fileprivate var flags: Int32 {
      switch self {
      case .read: O_RDONLY
      case .readOwn: O_RDONLY | O_NOFOLLOW
      case .create: O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW
      case .replace: O_WRONLY | O_CREAT | O_TRUNC
      case .append: O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW
      case .lock: O_RDWR | O_CREAT | O_NOFOLLOW
      }
    }
  }

  let descriptor: Int32
  let path: String

  /// Nil when the file cannot be opened; `errno` says why.
  init?(ifPossible path: String, for access: Access) {
    let descriptor = Self.retried { unsafe open(path, access.flags | O_CLOEXEC, 0o666) }
    guard descriptor >= 0 else { return nil }
    self.descriptor = descriptor
    self.path = path
  }

  init(_ path: String, for access: Access) throws(Diagnostic) {
    guard let file = OpenFile(ifPossible: path, for: access) else {
      throw Diagnostic(.cannot("open", path))
    }
    self = file
  }

  deinit { _ = close(descriptor) }

  /// The status, and whether it is a regular file; a folder is refused.
  func status() throws(Diagnostic) -> (status: FileStatus, isRegular: Bool) {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw Diagnostic(.cannot("examine", path)) }
    let kind = status.st_mode & S_IFMT
    guard kind != S_IFDIR else { throw Diagnostic(.cannot("read", path, code: EISDIR)) }
    return (FileStatus(status), kind == S_IFREG)
  }

  /// Fills the buffer from `start` on as far as one call gives; 0 at the end of the file.
  func read(into buffer: inout [UInt8], from start: Int) throws(Diagnostic) -> Int {
    let count = unsafe buffer.withUnsafeMutableBytes { bytes in
      let free = unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[start...])
      return Self.retried { unsafe Glibc.read(descriptor, free.baseAddress, free.count) }
    }
    guard count >= 0 else { throw Diagnostic(.cannot("read", path)) }
    return count
  }

  func write(_ bytes: Span<UInt8>) throws(Diagnostic) {
    let failure = unsafe bytes.withUnsafeBytes { bytes -> Int32? in
      var done = 0
      while done < bytes.count {
        let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[done...])
        let count = Self.retried { unsafe Glibc.write(descriptor, rest.baseAddress, rest.count) }
        guard count > 0 else { return count == 0 ? ENOSPC : errno }
        done += count
      }
      return nil
    }
    if let failure { throw Diagnostic(.cannot("write", path, code: failure)) }
  }

  func truncate() throws(Diagnostic) {
    guard ftruncate(descriptor, 0) == 0, lseek(descriptor, 0, SEEK_SET) == 0 else {
      throw Diagnostic(.cannot("write", path))
    }
  }

  /// Waits until the bytes are on the disk.
  func synchronize() throws(Diagnostic) {
    guard Self.retried({ fsync(descriptor) }) == 0 else { throw Diagnostic(.cannot("write", path)) }
  }

  func setMode(_ mode: mode_t) throws(Diagnostic) {
    guard fchmod(descriptor, mode) == 0 else { throw Diagnostic(.cannot("protect", path)) }
  }

  /// Repeats a call that a signal interrupted.
  static func retried<Result: SignedInteger>(_ call: () -> Result) -> Result {
    while true {
      let result = call()
      if result >= 0 || errno != EINTR { return result }
    }
  }
}
