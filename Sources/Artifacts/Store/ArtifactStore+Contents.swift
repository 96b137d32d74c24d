import Diagnostics
import Digests
import Files
import Glibc

/// A file of a store with its size and age.
package struct AgedFile: Hashable, Sendable {
  package let name: String
  package let byteCount: Int
  /// Last change, in nanoseconds since 1970.
  package let modified: Int64
}

/// Listings of a store's contents, for deciding what to remove.
extension ArtifactStore {
  /// Every object with the time it was made.
  package func objectFiles() throws(Diagnostic) -> [(object: StoredObject, modified: Int64)] {
    var files: [(object: StoredObject, modified: Int64)] = []
    for digest in try objectDigests() {
      guard let status = try status(of: objectPath(digest)) else { continue }
      files.append((StoredObject(digest: digest, byteCount: status.byteCount), status.modified))
    }
    return files
  }

  /// When a record was made, in nanoseconds since 1970.
  package func recordTime(_ key: Digest) throws(Diagnostic) -> Int64? {
    try status(of: recordPath(key))?.modified
  }

  /// Unfinished work: its bytes, how many of them are checkpoints, whether it failed, and whether a
  /// process is working on it now.
  package func unfinishedWork() throws(Diagnostic) -> [(
    key: Digest, byteCount: Int, stateByteCount: Int, modified: Int64, hasFailed: Bool,
    isClaimed: Bool
  )] {
    var works:
      [(
        key: Digest, byteCount: Int, stateByteCount: Int, modified: Int64, hasFailed: Bool,
        isClaimed: Bool
      )] = []
    for name in try names(in: "partial") {
      guard let key = Digest(hex: name) else { continue }
      let files = try files(in: "partial/\(name)")
      let lock = "\(root)/partial/\(name)/\(KeyClaim.lockName)"
      works.append(
        (
          key, files.reduce(0) { $0 + $1.byteCount },
          files.filter { !UnfinishedWork.smallNames.contains($0.name) }
            .reduce(0) { $0 + $1.byteCount },
          files.map(\.modified).max() ?? 0,
          files.contains { $0.name == UnfinishedWork.failureName },
          try KeyLock.isHeld(lock, in: self)
        ))
    }
    return works
  }

  /// Removes the files of unfinished work, unless a process is working on it.
  ///
  /// - Parameter keepingReason: whether the log and the reason of a failure stay.
  package func removeUnfinished(_ key: Digest, keepingReason: Bool) throws(Diagnostic) {
    guard case .claimed(let claim) = try tryClaim(key, holder: "collecting garbage") else { return }
    if keepingReason { claim.removeState() } else { claim.finish() }
  }

  /// What was set aside because it was damaged.
  package func damagedFiles() throws(Diagnostic) -> [AgedFile] { try files(in: "corrupt") }

  package func removeDamaged(_ file: AgedFile) throws(Diagnostic) {
    try remove("\(root)/corrupt/\(file.name)")
  }

  package func removeRun(_ run: PastRun) throws(Diagnostic) { try remove(run.path) }

  package func removeRoot(named name: String) throws(Diagnostic) {
    removeIndex(of: name)
    removeFindings(named: name)
    try remove("\(root)/roots/\(name)")
  }

  /// Forgets evictions of artifacts that no record names any more.
  package func removeStaleMarks() throws(Diagnostic) {
    let marks = try digests(in: "evicted")
    guard !marks.isEmpty else { return }
    var named: Set<Digest> = []
    for key in try recordKeys() {
      named.formUnion(try storedRecord(key)?.outputs.map(\.digest) ?? [])
    }
    for digest in marks where !named.contains(digest) { unmarkEvicted(digest) }
  }

  func files(in folder: String) throws(Diagnostic) -> [AgedFile] {
    var files: [AgedFile] = []
    for name in try self.names(in: folder) {
      guard let status = try status(of: "\(root)/\(folder)/\(name)") else { continue }
      files.append(AgedFile(name: name, byteCount: status.byteCount, modified: status.modified))
    }
    return files
  }
}

extension PastRun {
  /// When the journal was last written to, in nanoseconds since 1970.
  package var modified: Int64? {
    get throws(Diagnostic) { try FileStatus(ofPath: path, in: files)?.modified }
  }
}
