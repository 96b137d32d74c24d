import Diagnostics
import Files
import Glibc
import Synchronization

/// A file in the store's `tmp` folder, locked while it is written: one of an ended process is garbage.
struct TemporaryFile: ~Copyable {
  private static let lastNumber = Atomic(0)

  private let store: ArtifactStore
  private let file: OpenFile

  init(store: ArtifactStore) throws(Diagnostic) {
    self.store = store
    let folder = try store.folder("tmp")
    while true {
      let number = Self.lastNumber.wrappingAdd(1, ordering: .relaxed).newValue
      let path = try "\(folder)/\(store.ownName(number))"
      guard let file = try OpenFile(creating: path, in: store.files) else { continue }
      // Another process may have removed the file as garbage before it was locked.
      if file.lock(wait: false) != .busy, file.isStillInPlace {
        self.file = file
        return
      }
    }
  }

  /// Removes the file unless it was renamed.
  deinit {
    if file.isStillInPlace { _ = store.files.remove(file.path) }
  }

  var path: String { file.path }

  func write(_ bytes: Span<UInt8>) throws(Diagnostic) { try file.write(bytes) }

  /// Fixes the rights.
  func protect(mode: mode_t) throws(Diagnostic) { try file.setMode(mode) }

  /// Fixes the rights and, in a durable store, waits until the bytes are on the disk.
  func seal(mode: mode_t) throws(Diagnostic) {
    try protect(mode: mode)
    try synchronize()
  }

  /// Waits, in a durable store, until the bytes are on the disk.
  func synchronize() throws(Diagnostic) {
    if store.isDurable { try file.synchronize() }
  }

  func rename(to path: String) throws(Diagnostic) {
    guard store.files.rename(file.path, to: path) else { throw Diagnostic(.cannot("make", path)) }
  }

  /// Gives the file a second name; false when that name is taken.
  func link(to path: String) throws(Diagnostic) -> Bool {
    if store.files.link(file.path, to: path) { return true }
    switch errno {
    case EEXIST: return false
    case EPERM, ENOTSUP, ENOSYS, EMLINK:
      // No links here: two writers at the same moment may both rename, and one whole record wins.
      if try store.status(of: path) != nil { return false }
      try rename(to: path)
      return true
    default: throw Diagnostic(.cannot("make", path))
    }
  }
}

extension ArtifactStore {
  /// Removes the drafts and the notes of use that ended processes left; two folder listings when there
  /// are none.
  package func sweepTemporaryFiles() {
    // A draft that a halted process goes on with must not vanish.
    removeLeftovers(in: "tmp", grace: Self.longestWithoutLease)
    removeLeftovers(in: "uses", grace: 0)
    removeDeadLeases()
  }

  /// Removes the files of a folder whose processes have ended.
  private func removeLeftovers(in folder: String, grace: Int64) {
    tidy(folder) { (name) throws(Diagnostic) in
      let path = "\(root)/\(folder)/\(name)"
      guard let file = try OpenFile(ifThere: path, for: .readOwn, in: files),
        try isLeftBehind(file, grace: grace), file.isStillInPlace
      else { return }
      _ = files.remove(path)
    }
  }

  /// Calls `body` with each name in a folder; a failure becomes a notice, and the rest goes on.
  func tidy(_ folder: String, _ body: (String) throws(Diagnostic) -> Void) {
    do throws(Diagnostic) {
      try refuseLink("\(root)/\(folder)")
      for name in try self.names(in: folder) {
        do throws(Diagnostic) { try body(name) } catch { notice(error.message) }
      }
    } catch { notice(error.message) }
  }
}
