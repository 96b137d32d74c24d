import Diagnostics
import Glibc

/// A file of a store with its size and age.
package struct AgedFile: Hashable, Sendable {
  package let name: String
  package let byteCount: Int
  /// Last change, in nanoseconds since 1970.
  package let modified: Int64
}

/// What a store holds, for whoever decides what may go.
extension ArtifactStore {
  /// Every object with the time it was made.
  package func objectFiles() -> [(object: StoredObject, modified: Int64)] {
    objectDigests().compactMap { digest in
      FileStatus(ofPath: objectPath(digest)).map { status in
        (StoredObject(digest: digest, byteCount: status.byteCount), status.modified)
      }
    }
  }

  /// When a record was made, in nanoseconds since 1970.
  package func recordTime(_ key: Digest) -> Int64? {
    FileStatus(ofPath: recordPath(key))?.modified
  }

  /// Work that was begun: what it left so far, how much of that is state to go on from, whether it
  /// failed, and whether somebody is at it now.
  package func unfinishedWork() -> [(
    key: Digest, byteCount: Int, stateByteCount: Int, modified: Int64, hasFailed: Bool,
    isClaimed: Bool
  )] {
    Folder.names(in: "\(root)/partial").compactMap { name in
      guard let key = Digest(hex: name) else { return nil }
      let files = files(in: "partial/\(name)")
      let lock = OpenFile(ifPossible: "\(root)/partial/\(name)/lock", for: .readOwn)
      return (
        key, files.reduce(0) { $0 + $1.byteCount },
        files.filter { !UnfinishedWork.smallNames.contains($0.name) }
          .reduce(0) { $0 + $1.byteCount },
        files.map(\.modified).max() ?? 0,
        files.contains { $0.name == UnfinishedWork.failureName },
        lock?.lock(shared: true, wait: false) == .busy
      )
    }
  }

  /// Removes what unfinished work left, unless somebody is at it.
  ///
  /// - Parameter keepingReason: whether the log and the reason of a failure stay.
  package func removeUnfinished(_ key: Digest, keepingReason: Bool) throws(Diagnostic) {
    try beforeStep(.remove)
    guard case .claimed(let claim) = try tryClaim(key, holder: "collecting garbage") else { return }
    if keepingReason { claim.removeState() } else { claim.finish() }
  }

  /// What was set aside because it was damaged.
  package func damagedFiles() -> [AgedFile] { files(in: "corrupt") }

  package func removeDamaged(_ file: AgedFile) throws(Diagnostic) {
    try remove("\(root)/corrupt/\(file.name)")
  }

  package func removeRun(_ run: PastRun) throws(Diagnostic) { try remove(run.path) }

  package func removeRoot(named name: String) throws(Diagnostic) {
    try remove("\(root)/roots/\(name)")
  }

  /// Forgets evictions of artifacts that no record names any more.
  package func removeStaleMarks() {
    let marks = digests(in: "evicted")
    guard !marks.isEmpty else { return }
    let named = Set(recordKeys().flatMap { storedRecord($0)?.outputs.map(\.digest) ?? [] })
    for digest in marks where !named.contains(digest) { unmarkEvicted(digest) }
  }

  private func files(in folder: String) -> [AgedFile] {
    Folder.names(in: "\(root)/\(folder)").compactMap { name in
      FileStatus(ofPath: "\(root)/\(folder)/\(name)").map {
        AgedFile(name: name, byteCount: $0.byteCount, modified: $0.modified)
      }
    }
  }
}

extension PastRun {
  /// When the journal was last written to, in nanoseconds since 1970.
  package var modified: Int64? { FileStatus(ofPath: path)?.modified }
}
