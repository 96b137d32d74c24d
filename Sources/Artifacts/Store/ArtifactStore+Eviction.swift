import Diagnostics
import Digests
import Files
import Glibc
import Synchronization

/// The eviction of artifacts: their bytes are removed to make room, the records that name them stay.
///
/// An empty file in `evicted`, named by the digest, marks an eviction, so that it is not taken for
/// damage. A mark counts only while the object is absent. So a process that is killed after making
/// the mark and before removing the object has evicted nothing.
extension ArtifactStore {
  /// Evicts the bytes of artifacts; their stages run again if a stage or a person needs the bytes.
  ///
  /// What other processes use stays; the caller must not name what this process uses.
  ///
  /// - Returns: how many bytes this freed.
  @discardableResult
  package func evict(_ digests: some Sequence<Digest>) throws(Diagnostic) -> Int {
    let clearing = try clear()
    let used = try clearing.usedObjects()
    return try clearing.evict(digests.filter { !used.contains($0) })
  }

  /// Whether the artifact is absent because it was evicted.
  package func isEvicted(_ digest: Digest) throws(Diagnostic) -> Bool {
    guard try status(of: objectPath(digest)) == nil else { return false }
    return try status(of: markPath(digest)) != nil
  }

  /// Removes the mark of an eviction, because the artifact is there again or was found damaged.
  func unmarkEvicted(_ digest: Digest) { _ = files.remove(markPath(digest)) }

  func markEvicted(_ digest: Digest) throws(Diagnostic) {
    let folder = try folder("evicted/\(digest.description.prefix(2))")
    _ = try OpenFile(markPath(digest), for: .replace, in: files)
    foldersToSynchronize.withLock { _ = $0.names.insert(folder) }
  }

  private func markPath(_ digest: Digest) -> String { path("evicted", digest) }

  /// Removes a file; one that is not there is no problem.
  func remove(_ path: String) throws(Diagnostic) {
    guard files.remove(path) || errno == ENOENT else {
      throw Diagnostic(.cannot("remove", path))
    }
  }
}
