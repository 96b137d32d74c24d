import Diagnostics
import Files
import Glibc
import Synchronization

/// What keeps the processes that share a store out of each other's way.
package enum LockKind: String, CaseIterable, Sendable {
  /// Locks of the kernel (`flock`), which end with the process that has them.
  case kernel
  /// Names of files that their processes touch, for stores on file systems whose locks do not reach from
  /// one machine to another.
  case leases
}

extension ArtifactStore {
  /// A file that is there in stores whose processes use leases, so that all of them do.
  private var leasesMark: String { "\(root)/leased" }

  /// Whether its processes use leases, as far as that can be known without making anything.
  var hasLeases: Bool {
    knownLockKind.withLock { $0 } == .leases || (try? status(of: leasesMark)) != nil
  }

  /// What keeps processes apart in this store: what was asked for, else what the store says, else what
  /// its file system can do.
  ///
  /// Found out once; that leases are used is said by the process that found it out.
  func lockKind() throws(Diagnostic) -> LockKind {
    if let known = knownLockKind.withLock({ $0 }) { return known }
    let kind = try findLockKind()
    knownLockKind.withLock { $0 = kind }
    return kind
  }

  private func findLockKind() throws(Diagnostic) -> LockKind {
    let isMarked = try status(of: leasesMark) != nil
    guard !isReadOnly else { return isMarked ? .leases : .kernel }
    switch (wantedLockKind, isMarked) {
    case (.kernel, _): return .kernel
    case (_, true): return .leases
    case (.leases, false): try beginLeases()
    case (nil, false):
      guard let obstacle = try lockObstacle() else { return .kernel }
      try beginLeases()
      notice(obstacle)
    }
    return .leases
  }

  private func beginLeases() throws(Diagnostic) {
    _ = try folder("leases")
    _ = try OpenFile(leasesMark, for: .replace, in: files)
    knownLockKind.withLock { $0 = .leases }
  }

  /// Why locks of the kernel would keep nobody out; nil when one was seen to.
  private func lockObstacle() throws(Diagnostic) -> Diagnostic.Message? {
    let first = try lockFile()
    guard first.lock(shared: true, wait: true) == .locked else { return .locksUnsupported(root) }
    let second = try lockFile()
    return second.lock(wait: false) == .locked ? .locksIneffective(root) : nil
  }

  /// Uses leases from now on, since a machine left a lock that was free and yet not given back.
  func beginLeases(becauseOf host: String) throws(Diagnostic) {
    try beginLeases()
    notice(.lockLeft(root, by: host))
  }

  /// The file whose lock look-ups share, and removals have alone.
  func lockFile() throws(Diagnostic) -> OpenFile {
    _ = try folder("tmp")
    return try OpenFile("\(root)/lock", for: .lock, in: files)
  }
}

extension Diagnostic.Message {
  private static let leaseRemedy =
    "nothing; what a killed process held is free after \(Lease.seconds) s, and at worst work is done twice"

  fileprivate static func locksUnsupported(_ root: String) -> Self {
    Self("the file system of '\(root)' has no locks; leases are used there", remedy: leaseRemedy)
  }

  fileprivate static func locksIneffective(_ root: String) -> Self {
    Self(
      "locks in '\(root)' keep nobody out; leases are used there from now on", remedy: leaseRemedy)
  }

  fileprivate static func lockLeft(_ root: String, by host: String) -> Self {
    Self(
      "\(host) left a lock in '\(root)' that keeps nobody out: a process was killed there, or locks do"
        + " not reach from machine to machine; leases are used there from now on",
      remedy: leaseRemedy)
  }
}
