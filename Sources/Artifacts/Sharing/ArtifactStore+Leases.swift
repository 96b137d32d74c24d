import Diagnostics
import Digests
import Files
import Synchronization

/// Signs of life of the processes that use a store.
extension ArtifactStore {
  /// The lease of this process.
  package func lease() throws(Diagnostic) -> Lease {
    if let lease = currentLease.withLock({ $0 }), lease.isStillInPlace { return lease }
    let lease = try Lease.begin(in: self)
    currentLease.withLock { $0 = lease }
    return lease
  }

  /// A name for a file of this process's own: its number, with leases also the machine's name.
  func ownName(_ number: Int) throws(Diagnostic) -> String {
    try lockKind() == .leases
      ? "\(lease().name).\(number)" : "\(Host.processNumber).\(number)"
  }

  /// Whether the process has ended that made a file of `uses` or `tmp`, which are named by `ownName`.
  ///
  /// - Parameter grace: with leases, for how many seconds the file counts as in use in any case.
  func isLeftBehind(
    _ file: borrowing OpenFile, grace: Int64 = 0
  ) throws(Diagnostic) -> Bool {
    let outcome = file.lock(shared: true, wait: false)
    guard try lockKind() == .leases else { return outcome == .locked }
    guard outcome != .busy, !isReadOnly else { return false }
    let mine = try lease()
    let age = try mine.age(of: file)
    guard age >= grace else { return false }
    let name = Folder.name(of: file.path)
    let owner = name.lastIndex(of: ".").map { name[..<$0] } ?? name
    let path = "\(root)/leases/\(owner)"
    if let lease = try OpenFile(ifThere: path, for: .readOwn, in: files) {
      return try !mine.isAlive(lease)
    }
    // It is of a program that knows only locks, or its lease was given back.
    return age >= Self.longestWithoutLease
  }

  /// A day, in seconds: what is younger may be in use, though nothing shows it.
  static let longestWithoutLease: Int64 = 86_400

  /// Removes the leases of processes that ended long ago.
  func removeDeadLeases() {
    tidy("leases") { (name) throws(Diagnostic) in
      let path = "\(root)/leases/\(name)"
      guard try lockKind() == .leases,
        let file = try OpenFile(ifThere: path, for: .readOwn, in: files),
        file.lock(shared: true, wait: false) != .busy,
        try lease().age(of: file) > Self.longestWithoutLease
      else { return }
      _ = files.remove(path)
    }
  }

  /// Makes names seen that other machines made in folders where they were looked for before.
  func refresh(_ folders: some Sequence<String>) {
    for folder in folders { _ = files.touchFolder("\(root)/\(folder)") }
  }

  /// Finished work that another machine may have recorded a moment ago; see `work(for:)`.
  package func workOfOthers(for key: Digest) throws(Diagnostic) -> FinishedWork? {
    refresh(["keys", "keys/\(key.description.prefix(2))"])
    let outputs = try storedRecord(key)?.outputs ?? []
    let starts = Set(outputs.map { $0.digest.description.prefix(2) })
    if !outputs.isEmpty { refresh(["objects"] + starts.sorted().map { "objects/\($0)" }) }
    return try work(for: key)
  }
}
