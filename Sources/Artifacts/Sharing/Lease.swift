import Diagnostics
import Files
import Glibc
import Synchronization

/// A file that a process touches as long as it lives, by which other machines know that it does.
///
/// What the process holds are further names of this file, so that one touch is a sign of life for all of
/// it. Making a name is atomic also on NFS, whose answer may be lost: what the name leads to decides.
/// Ages are differences of times that the file server set, so that clocks need not agree.
package final class Lease: Sendable {
  /// How often the file is touched.
  static let secondsPerBeat: UInt32 = 15
  /// After six touches that were missed, what the process holds is free to take.
  static let seconds: Int64 = 90

  private struct Names {
    var held: Set<String> = []
    /// Held ones that were found to be another's.
    var lost: Set<String> = []
  }

  /// The process's number and machine: `4711.1.node3`.
  let name: String
  /// What others are shown: `process 4711 on node3`.
  let holder: String
  private let file: OpenFile
  private let names = Mutex(Names())
  private let lastNumber = Atomic(0)

  private init(_ file: consuming OpenFile, name: String, holder: String) {
    self.file = file
    self.name = name
    self.holder = holder
  }

  /// Makes the lease of this process in a store.
  static func begin(in store: ArtifactStore) throws(Diagnostic) -> Lease {
    let folder = try store.folder("leases")
    let holder = "process \(Host.processNumber) on \(store.files.host)"
    for number in 1...1_000_000 {
      let name = "\(Host.processNumber).\(number).\(store.files.host.filter { $0 != "/" })"
      let path = "\(folder)/\(name)"
      guard let file = try OpenFile(creating: path, in: store.files) else { continue }
      // Where locks work, it is known to live also while it is too busy to touch the file.
      _ = file.lock(wait: false)
      try file.write(LockText(holder: holder, host: store.files.host).text.utf8.span)
      let lease = Lease(file, name: name, holder: holder)
      Heartbeat.start(for: lease)
      return lease
    }
    throw Diagnostic(.cannot("make a file in", folder, code: EEXIST))
  }

  deinit { if file.isStillInPlace { _ = file.files.remove(file.path) } }

  /// A number that this lease gave nobody before.
  func nextNumber() -> Int { lastNumber.add(1, ordering: .relaxed).newValue }

  var isStillInPlace: Bool { file.isStillInPlace }

  /// Shows that the process lives, and finds out what was taken from it.
  package func beat() {
    try? file.touch()
    for name in names.withLock({ $0.held }) where !owns(name) {
      names.withLock { names in
        if names.held.contains(name) { names.lost.insert(name) }
      }
    }
  }

  /// Takes a name that nobody has.
  ///
  /// - Returns: 0, or the error of `link`: `EEXIST` where the name is taken.
  func take(_ name: String) -> Int32 {
    guard names.withLock({ $0.held.insert(name).inserted }) else { return EEXIST }
    if file.files.link(file.path, to: name) { return 0 }
    let reason = errno
    if owns(name) { return 0 }
    _ = names.withLock { $0.held.remove(name) }
    return reason
  }

  /// Gives a name back; one that is another's by now stays.
  func giveBack(_ name: String) {
    if owns(name) { _ = file.files.remove(name) }
    names.withLock { names in
      names.held.remove(name)
      names.lost.remove(name)
    }
  }

  /// Whether a name leads to this lease at present.
  func owns(_ name: String) -> Bool {
    guard let there = try? FileStatus(ofPath: name, in: file.files),
      let mine = try? file.status().status
    else { return false }
    return there.device == mine.device && there.inode == mine.inode
  }

  /// Whether a name was taken by another, as the last touch found.
  func hasLost(_ name: String) -> Bool { names.withLock { $0.lost.contains(name) } }

  /// Whether the process lives whose lease a file is: it has its lock, or touched it lately.
  func isAlive(_ other: borrowing OpenFile) throws(Diagnostic) -> Bool {
    if other.lock(shared: true, wait: false) == .busy { return true }
    return try age(of: other) <= Self.seconds
  }

  /// The seconds since a file was last touched, by the clock of the file server.
  func age(of other: borrowing OpenFile) throws(Diagnostic) -> Int64 {
    try file.touch()
    return (try file.status().status.modified - other.status().status.modified) / 1_000_000_000
  }

  /// Takes a name away from a process that has ended, unless another process is doing so.
  func free(_ name: String) throws(Diagnostic) {
    let right = "\(name).free"
    guard take(right) == 0 else { return try removeIfDead(right) }
    defer { giveBack(right) }
    // Looked at again: another process may have freed and taken it meanwhile.
    try removeIfDead(name)
  }

  private func removeIfDead(_ name: String) throws(Diagnostic) {
    guard let there = try OpenFile(ifThere: name, for: .readOwn, in: file.files) else { return }
    if try !isAlive(there) { _ = file.files.remove(name) }
  }
}
