import Diagnostics
import Files
import Glibc
import Synchronization

/// The store's lock: look-ups share it, removals have it alone.
///
/// With leases, a look-up is a name in the folder `gate` while it lasts, and a removal is the name
/// `removal` there. Both make their name first and look for the other's then, so one of two sees the
/// other; making a name also shows what other machines made in the folder.
final class StoreGate: Sendable {
  private let store: ArtifactStore
  /// Its lock counts also with leases, as programs that know only locks take it.
  private let file: OpenFile
  /// Nil without leases.
  private let lease: Lease?
  private let folder: String
  /// The name of this gate's look-up, which no other gate of the process has.
  private let lookUp: String
  private var removal: String { "\(folder)/removal" }
  /// Whether this gate took the name of a removal.
  private let isRemoving = Atomic(false)

  init(of store: ArtifactStore) throws(Diagnostic) {
    self.store = store
    let hasLeases = try store.lockKind() == .leases
    lease = hasLeases ? try store.lease() : nil
    folder = hasLeases ? try store.folder("gate") : ""
    lookUp = lease.map { [folder] in "\(folder)/\($0.name).\($0.nextNumber())" } ?? ""
    file = try store.lockFile()
  }

  deinit {
    lease?.giveBack(lookUp)
    if isRemoving.load(ordering: .relaxed) { lease?.giveBack(removal) }
  }

  /// Shares the gate; waits while something is removed, which takes moments.
  func share() {
    _ = file.lock(shared: true, wait: true)
    guard let lease else { return }
    while lease.take(lookUp) == 0, isRemovalUnderWay(lease) {
      lease.giveBack(lookUp)
      usleep(2_000)
    }
  }

  private func isRemovalUnderWay(_ lease: Lease) -> Bool {
    // What cannot be read is no reason to wait for ever.
    guard let file = try? OpenFile(ifThere: removal, for: .readOwn, in: store.files) else {
      return false
    }
    return (try? lease.isAlive(file)) == true
  }

  func unshare() {
    lease?.giveBack(lookUp)
    file.unlock()
  }

  /// Has the gate alone, if no look-up is under way and no other process removes something.
  ///
  /// Where one is, new look-ups wait from now on, so that another attempt will do.
  func tryToClose() throws(Diagnostic) -> Bool {
    guard file.lock(wait: false) != .busy else { return false }
    guard let lease else { return true }
    if !isRemoving.load(ordering: .relaxed) {
      guard try takeRemoval(lease) else { return false }
    }
    return try hasNoLookUps(lease)
  }

  private func takeRemoval(_ lease: Lease) throws(Diagnostic) -> Bool {
    switch lease.take(removal) {
    case 0:
      isRemoving.store(true, ordering: .relaxed)
      return true
    case EEXIST: break
    case let code: throw Diagnostic(.cannot("make a link at", removal, code: code))
    }
    if !isRemovalUnderWay(lease) { try lease.free(removal) }
    return false
  }

  /// Whether no living process looks anything up; what ended ones left is removed.
  private func hasNoLookUps(_ lease: Lease) throws(Diagnostic) -> Bool {
    for name in try Folder.names(in: folder, in: store.files) {
      let path = "\(folder)/\(name)"
      guard path != removal,
        let file = try OpenFile(ifThere: path, for: .readOwn, in: store.files)
      else { continue }
      if try lease.isAlive(file) { return false }
      _ = store.files.remove(path)
    }
    return true
  }
}
