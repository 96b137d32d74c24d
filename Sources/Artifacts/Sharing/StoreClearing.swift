import Diagnostics
import Digests
import Files
import Glibc
import Synchronization

/// The right to remove things from a store: while the value lives, no process looks anything up.
///
/// It is held only for moments. What running processes use, their files in `uses` say.
package final class StoreClearing: Sendable {
  private let store: ArtifactStore
  private let gate: StoreGate
  package let use: StoreUse

  fileprivate init(of store: ArtifactStore) throws(Diagnostic) {
    self.store = store
    gate = try StoreGate(of: store)
    try Self.close(gate, of: store)
    use = try store.use(removingDead: true)
  }

  /// Waits for the look-ups under way, which take moments.
  private static func close(_ gate: StoreGate, of store: ArtifactStore) throws(Diagnostic) {
    for attempt in 0..<2_000 {
      if try gate.tryToClose() { return }
      usleep(attempt < 100 ? 500 : 10_000)
    }
    throw Diagnostic(.busy(store.root))
  }

  /// The objects that other living processes use, by their digests or by the records they found.
  package func usedObjects() throws(Diagnostic) -> Set<Digest> {
    var objects = use.digests
    for digest in use.digests {
      objects.formUnion(try store.storedRecord(digest)?.outputs.map(\.digest) ?? [])
    }
    return objects
  }

  /// Removes records, then objects that no record names any more; see `ArtifactStore.objectDigests`.
  ///
  /// A process killed meanwhile leaves objects that no record names, never a record without objects.
  package func remove(records: [Digest], objects: [Digest]) throws(Diagnostic) {
    for key in records { try store.remove(store.recordPath(key)) }
    let folders = records.map { "\(store.root)/keys/\($0.description.prefix(2))" }
    store.foldersToSynchronize.withLock { $0.names.formUnion(folders) }
    try store.synchronizeFolders()
    for digest in objects {
      try store.remove(store.objectPath(digest))
      store.unmarkEvicted(digest)
    }
  }

  /// Evicts the bytes of artifacts; their stages run again if a stage or a person needs the bytes.
  ///
  /// - Returns: how many bytes this freed.
  package func evict(_ digests: some Sequence<Digest>) throws(Diagnostic) -> Int {
    var present: [Digest] = []
    var byteCount = 0
    for digest in Set(digests).sorted() {
      guard let count = try store.byteCount(of: digest) else { continue }
      present.append(digest)
      byteCount += count
    }
    for digest in present { try store.markEvicted(digest) }
    try store.synchronizeFolders()
    for digest in present { try store.remove(store.objectPath(digest)) }
    return byteCount
  }
}

extension ArtifactStore {
  /// Waits for the look-ups under way, and keeps new ones waiting while the value lives.
  package func clear() throws(Diagnostic) -> StoreClearing { try StoreClearing(of: self) }
}

extension Diagnostic.Message {
  fileprivate static func busy(_ root: String) -> Self {
    Self(
      "another process keeps the store '\(root)' from being changed",
      remedy: "try again when it has ended; a full disk is one reason")
  }
}
