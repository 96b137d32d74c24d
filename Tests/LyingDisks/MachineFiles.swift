import Files
import Glibc
import Synchronization

/// The files of one of several machines that share a folder, as a network file system shows them.
///
/// A name that was looked for and absent stays so for a machine until it sees that the folder changed,
/// as by a change of its own there. Locks, if there are any, do not reach other machines.
package final class MachineFiles: FileSystem {
  /// What the kernel's locks do.
  package enum Locks: CaseIterable, Sendable {
    /// There are none.
    case refused
    /// Everybody gets every lock.
    case ineffective
    /// They keep processes of this machine apart.
    case local
  }

  private struct State {
    /// Paths that were looked for and not there.
    var absent: Set<String> = []
    /// The locks by inode and descriptor; true for exclusive ones.
    var locks: [UInt64: [Int32: Bool]] = [:]
  }

  package let host: String
  private let locks: Locks
  private let halts = Atomic(false)
  private let state = Mutex(State())

  package init(host: String, locks: Locks) {
    self.host = host
    self.locks = locks
  }

  /// Whether the machine is halted as far as others see: what it touches looks untouched.
  package var isHalted: Bool {
    get { halts.load(ordering: .relaxed) }
    set { halts.store(newValue, ordering: .relaxed) }
  }

  package func perform(_ call: FileCall, _ make: () -> Int) -> Int {
    switch call {
    case .lock(let descriptor, let operation): return lock(descriptor, operation)
    case .close(let descriptor):
      unlock(descriptor)
      return make()
    case .examine(let path): return lookUp(path, make)
    case .open(let path, let flags) where flags & O_CREAT == 0: return lookUp(path, make)
    case .open(let path, _), .makeFolder(let path), .removeFolder(let path), .remove(let path):
      return change([path], make)
    case .rename(let path, let other): return change([path, other], make)
    case .link(_, let path): return change([path], make)
    case .touch where isHalted: return 0
    case .touchFolder(let path): return change(["\(path)/"], make)
    default: return call.simulated(make)
    }
  }

  private func lookUp(_ path: String, _ make: () -> Int) -> Int {
    if state.withLock({ $0.absent.contains(path) }) {
      errno = ENOENT
      return -1
    }
    let result = make()
    let reason = errno
    if result < 0, reason == ENOENT { _ = state.withLock { $0.absent.insert(path) } }
    errno = reason
    return result
  }

  /// Makes a call that changes names; the server's answer tells of the names in their folders.
  private func change(_ paths: [String], _ make: () -> Int) -> Int {
    let result = make()
    let reason = errno
    let folders = Set(paths.map(Folder.above))
    state.withLock { state in
      state.absent = state.absent.filter { path in
        !paths.contains(path) && (result < 0 || !folders.contains(Folder.above(path)))
      }
    }
    errno = reason
    return result
  }

  private func lock(_ descriptor: Int32, _ operation: Int32) -> Int {
    switch locks {
    case .refused:
      errno = ENOLCK
      return -1
    case .ineffective: return 0
    case .local: break
    }
    unlock(descriptor)
    if operation & LOCK_UN != 0 { return 0 }
    let inode = inode(descriptor)
    let isExclusive = operation & LOCK_EX != 0
    while true {
      let isTaken = state.withLock { state in
        let others = state.locks[inode, default: [:]]
        guard !others.values.contains(true), !isExclusive || others.isEmpty else { return false }
        state.locks[inode, default: [:]][descriptor] = isExclusive
        return true
      }
      if isTaken { return 0 }
      guard operation & LOCK_NB == 0 else {
        errno = EWOULDBLOCK
        return -1
      }
      sched_yield()
    }
  }

  private func unlock(_ descriptor: Int32) {
    let inode = inode(descriptor)
    _ = state.withLock { $0.locks[inode]?.removeValue(forKey: descriptor) }
  }

  private func inode(_ descriptor: Int32) -> UInt64 {
    var status = stat()
    _ = unsafe fstat(descriptor, &status)
    return UInt64(status.st_ino)
  }
}
