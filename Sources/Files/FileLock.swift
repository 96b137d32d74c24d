import Glibc

/// The result of an attempt to lock a file.
package enum LockOutcome {
  case locked
  case busy
  /// The file system has no locks; work goes on without them.
  case unsupported
}

extension OpenFile {
  /// Takes the kernel's lock on the file, which it frees when the file is closed or the process dies.
  package func lock(shared: Bool = false, wait: Bool) -> LockOutcome {
    let operation = (shared ? LOCK_SH : LOCK_EX) | (wait ? 0 : LOCK_NB)
    let result = Self.retried {
      files.perform(.lock(descriptor, operation: operation)) { Int(flock(descriptor, operation)) }
    }
    if result == 0 { return .locked }
    return errno == EWOULDBLOCK ? .busy : .unsupported
  }

  /// Gives the lock back before the file is closed.
  package func unlock() {
    _ = Self.retried {
      files.perform(.lock(descriptor, operation: LOCK_UN)) { Int(flock(descriptor, LOCK_UN)) }
    }
  }

  /// Whether the path still leads to this very file; another process may have removed or replaced it.
  package var isStillInPlace: Bool {
    var mine = stat()
    var there = stat()
    let isKnown =
      files.perform(.examineOpen(descriptor)) { Int(unsafe fstat(descriptor, &mine)) } == 0
      && files.perform(.examine(path: path)) { Int(unsafe lstat(path, &there)) } == 0
    guard isKnown else { return false }
    return mine.st_dev == there.st_dev && mine.st_ino == there.st_ino
  }
}
