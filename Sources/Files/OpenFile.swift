import Diagnostics
import Glibc

/// A file descriptor, closed when the value goes away.
///
/// Each method is one system call, retried on EINTR.
package struct OpenFile: ~Copyable {
  /// What the file is opened for.
  ///
  /// All but the two streams are for regular files only: opening never waits, and a pipe or a device is
  /// refused.
  package enum Access {
    /// Reading a file that a person named; links are followed.
    case read
    /// Reading any kind of file that a person named; a pipe need not have a writer yet.
    case stream
    /// Writing into a pipe or a device that a person named; waits for the reader of a pipe.
    case writeStream
    /// Reading a file of our own; a link in its place is refused.
    case readOwn
    /// Writing a new file that must not exist.
    case create
    /// Writing a file of our own from its start, whatever it held; a link in its place is refused.
    case replace
    /// Adding to the end of a file of our own, making it if need be.
    case append
    /// Locking, making the file if need be.
    case lock

    fileprivate var flags: Int32 {
      switch self {
      case .read: O_RDONLY | O_NONBLOCK
      case .stream: O_RDONLY | O_NONBLOCK
      case .writeStream: O_WRONLY | O_NOCTTY
      case .readOwn: O_RDONLY | O_NONBLOCK | O_NOFOLLOW
      case .create: O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW
      case .replace: O_WRONLY | O_CREAT | O_TRUNC | O_NONBLOCK | O_NOFOLLOW
      case .append: O_WRONLY | O_CREAT | O_APPEND | O_NONBLOCK | O_NOFOLLOW
      case .lock: O_RDWR | O_CREAT | O_NONBLOCK | O_NOFOLLOW
      }
    }

    fileprivate var isForStreams: Bool { self == .stream || self == .writeStream }
  }

  let descriptor: Int32
  package let path: String
  /// What errors call the file: the path that a person wrote, where it is written under another.
  let shownPath: String
  /// What made the descriptor, and makes all calls for it.
  package let files: any FileSystem

  package init(
    _ path: String, for access: Access, in files: any FileSystem
  ) throws(Diagnostic) {
    self.init(opening: path, for: access, in: files)
    guard descriptor >= 0 else { throw Diagnostic(.cannot("open", path)) }
    if !access.isForStreams { try refuseIrregular() }
  }

  /// Opens a file; nil when there is none.
  package init?(
    ifThere path: String, for access: Access, in files: any FileSystem
  ) throws(Diagnostic) {
    self.init(opening: path, for: access, in: files)
    guard descriptor >= 0 else {
      if SystemFailure.isAbsence() { return nil }
      throw Diagnostic(.cannot("open", path))
    }
    if !access.isForStreams { try refuseIrregular() }
  }

  /// Makes a file; nil when something has that path.
  ///
  /// - Parameter shownPath: what errors call it; nil for its path.
  package init?(
    creating path: String, shownAs shownPath: String? = nil, in files: any FileSystem
  ) throws(Diagnostic) {
    self.init(opening: path, shownAs: shownPath, for: .create, in: files)
    guard descriptor >= 0 else {
      if errno == EEXIST { return nil }
      throw Diagnostic(.cannot("make the file", self.shownPath))
    }
  }

  /// A second descriptor of an open file.
  package init(duplicating descriptor: Int32, _ path: String) throws(Diagnostic) {
    self.init(descriptor: fcntl(descriptor, F_DUPFD_CLOEXEC, 0), path: path)
    guard self.descriptor >= 0 else { throw Diagnostic(.cannot("open", path)) }
  }

  /// The descriptor is negative when the file cannot be opened; `errno` says why.
  private init(
    opening path: String, shownAs shownPath: String? = nil, for access: Access,
    in files: any FileSystem
  ) {
    let flags = access.flags | O_CLOEXEC
    let descriptor = Self.retried {
      files.perform(.open(path: path, flags: flags)) { Int(unsafe open(path, flags, 0o666)) }
    }
    self.init(descriptor: Int32(descriptor), path: path, shownAs: shownPath, in: files)
  }

  /// - Parameters:
  ///   - descriptor: an open one, closed with this value.
  ///   - shownPath: what errors call the file; nil for its path.
  package init(
    descriptor: Int32, path: String, shownAs shownPath: String? = nil,
    in files: any FileSystem = SystemFiles()
  ) {
    self.descriptor = descriptor
    self.path = path
    self.shownPath = shownPath ?? path
    self.files = files
  }

  deinit {
    let descriptor = descriptor
    if descriptor >= 0 { _ = files.perform(.close(descriptor)) { Int(close(descriptor)) } }
  }

  private func refuseIrregular() throws(Diagnostic) {
    guard try status().isRegular else { throw Diagnostic(.notRegular(shownPath)) }
  }

  /// The status, and whether it is a regular file; a folder is refused.
  package func status() throws(Diagnostic) -> (status: FileStatus, isRegular: Bool) {
    var status = stat()
    let result = files.perform(.examineOpen(descriptor)) {
      Int(unsafe fstat(descriptor, &status))
    }
    guard result == 0 else { throw Diagnostic(.cannot("examine", shownPath)) }
    let kind = status.st_mode & S_IFMT
    guard kind != S_IFDIR else { throw Diagnostic(.cannot("read", shownPath, code: EISDIR)) }
    return (FileStatus(status), kind == S_IFREG)
  }

  /// Fills the buffer from `start` on as far as one call gives; 0 at the end of the file.
  package func read(into buffer: inout [UInt8], from start: Int) throws(Diagnostic) -> Int {
    let count = unsafe buffer.withUnsafeMutableBytes { bytes in
      let free = unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[start...])
      return Self.retried {
        files.perform(.read(descriptor)) {
          unsafe Glibc.read(descriptor, free.baseAddress, free.count)
        }
      }
    }
    guard count >= 0 else { throw Diagnostic(.cannot("read", shownPath)) }
    return count
  }

  /// Appends at most `limit` bytes, above 0, as far as one call gives; returns how many, 0 at the end of
  /// the file.
  package func read(
    appendingTo buffer: inout [UInt8], atMost limit: Int
  ) throws(Diagnostic) -> Int {
    precondition(limit > 0, "a read of at most \(limit) bytes")
    var count = 0
    buffer.append(addingCapacity: limit) { free in
      unsafe free.withUnsafeMutableBufferPointer { memory, filled in
        count = Self.retried {
          files.perform(.read(descriptor)) {
            unsafe Glibc.read(descriptor, memory.baseAddress, memory.count)
          }
        }
        filled = max(0, count)
      }
    }
    guard count >= 0 else { throw Diagnostic(.cannot("read", shownPath)) }
    return count
  }

  /// Fills memory as far as one call gives; 0 at the end of the file.
  package func read(into memory: UnsafeMutableRawBufferPointer) throws(Diagnostic) -> Int {
    let count = Self.retried {
      files.perform(.read(descriptor)) {
        unsafe Glibc.read(descriptor, memory.baseAddress, memory.count)
      }
    }
    guard count >= 0 else { throw Diagnostic(.cannot("read", shownPath)) }
    return count
  }

  package func write(_ bytes: Span<UInt8>) throws(Diagnostic) {
    let failure = unsafe bytes.withUnsafeBytes { bytes -> Int32? in
      var done = 0
      while done < bytes.count {
        let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[done...])
        let count = Self.retried {
          files.perform(.write(descriptor)) {
            unsafe Glibc.write(descriptor, rest.baseAddress, rest.count)
          }
        }
        guard count > 0 else { return count == 0 ? ENOSPC : errno }
        done += count
      }
      return nil
    }
    if let failure { throw Diagnostic(.cannot("write", shownPath, code: failure)) }
  }

  /// Cuts the file short; what is written next follows.
  package func truncate(to byteCount: Int = 0) throws(Diagnostic) {
    let result = files.perform(.truncate(descriptor, byteCount: byteCount)) {
      ftruncate(descriptor, byteCount) == 0 ? lseek(descriptor, byteCount, SEEK_SET) : -1
    }
    guard result >= 0 else { throw Diagnostic(.cannot("write", shownPath)) }
  }

  /// Waits until the bytes are on the disk.
  package func synchronize() throws(Diagnostic) {
    let result = Self.retried {
      files.perform(.synchronize(descriptor)) { Int(fsync(descriptor)) }
    }
    guard result == 0 else { throw Diagnostic(.cannot("write", shownPath)) }
  }

  /// Sets the file's times to the present, by the clock of whoever has the disk.
  package func touch() throws(Diagnostic) {
    let result = files.perform(.touch(descriptor)) { Int(futimens(descriptor, nil)) }
    guard result == 0 else { throw Diagnostic(.cannot("write", shownPath)) }
  }

  package func setMode(_ mode: mode_t) throws(Diagnostic) {
    let result = files.perform(.setMode(descriptor)) { Int(fchmod(descriptor, mode)) }
    guard result == 0 else { throw Diagnostic(.cannot("protect", shownPath)) }
  }

  /// Repeats a call that a signal interrupted.
  static func retried<Result: SignedInteger>(_ call: () -> Result) -> Result {
    while true {
      let result = call()
      if result >= 0 || errno != EINTR { return result }
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func notRegular(_ path: String) -> Self {
    Self(
      "'\(path)' is no regular file",
      remedy: "name a file on a disk; what a pipe or device gives can be written into one first")
  }
}
