import Diagnostics
import Digests
import Files
import Glibc
import Synchronization

/// Artifacts that were given up on purpose, to make room: the records that name them stand.
///
/// An empty file in `evicted`, named by the digest, tells this from damage. It counts only while
/// the object itself is absent, so a process killed between making the one and removing the other
/// has given nothing up.
extension ArtifactStore {
  /// Gives up the bytes of artifacts; their stages run again if someone needs the bytes.
  ///
  /// What other processes use is left as it is; what this one uses is the caller's to know.
  ///
  /// - Returns: how many bytes this freed.
  @discardableResult
  package func evict(_ digests: some Sequence<Digest>) throws(Diagnostic) -> Int {
    let clearing = try clear()
    let used = try clearing.usedObjects()
    return try clearing.evict(digests.filter { !used.contains($0) })
  }

  /// Whether the artifact is absent because it was given up.
  package func isEvicted(_ digest: Digest) throws(Diagnostic) -> Bool {
    guard try FileStatus(ofPath: objectPath(digest)) == nil else { return false }
    return try FileStatus(ofPath: markPath(digest)) != nil
  }

  /// Forgets that an artifact was given up: it is there again, or was found damaged.
  func unmarkEvicted(_ digest: Digest) { _ = unsafe unlink(markPath(digest)) }

  func markEvicted(_ digest: Digest) throws(Diagnostic) {
    let folder = try folder("evicted/\(digest.description.prefix(2))")
    try beforeStep(.write)
    _ = try OpenFile(markPath(digest), for: .replace)
    foldersToSynchronize.withLock { _ = $0.insert(folder) }
  }

  private func markPath(_ digest: Digest) -> String { path("evicted", digest) }

  /// Removes a file; one that is not there is no problem.
  func remove(_ path: String) throws(Diagnostic) {
    try beforeStep(.remove)
    guard unsafe unlink(path) == 0 || errno == ENOENT else {
      throw Diagnostic(.cannot("remove", path))
    }
  }
}
