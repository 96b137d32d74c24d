import Diagnostics
import Digests
import Files
import Synchronization

/// What a store has copied from others.
package struct CopiedWork: Hashable, Sendable {
  package fileprivate(set) var keys: Set<Digest> = []
  package fileprivate(set) var objectCount = 0
  package fileprivate(set) var byteCount = 0
}

/// Finished work that is copied between stores.
extension ArtifactStore {
  /// Copies finished work of another store, which is only read, with all bytes that the other has.
  ///
  /// The record comes last. So what was interrupted has no record, and what it copied is kept.
  ///
  /// - Parameter isOwn: whether the other store is the same person's, so that its records are believed
  ///   and sealed here.
  /// - Returns: whether the work is here now; false when the other store does not have it whole, or its
  ///   record is not believed.
  /// - Throws: when a file of either store cannot be read or written.
  package func copy(
    _ key: Digest, from other: ArtifactStore, isOwn: Bool = false
  ) throws(Diagnostic) -> Bool {
    guard let record = try other.recordToCopy(key) else { return false }
    if !isOwn, try !believes(record, at: other.recordPath(key)) {
      notice(.notBelieved(key, other.root))
      return false
    }
    for output in record.outputs {
      guard try !has(output) else { continue }
      if try copy(output, from: other) { continue }
      guard try other.isEvicted(output.digest) else { return false }
      if try byteCount(of: output.digest) == nil { try markEvicted(output.digest) }
    }
    try commit(record)
    copied.withLock { _ = $0.keys.insert(key) }
    return true
  }

  /// What was copied from other stores so far, in this process.
  package var copiedWork: CopiedWork { copied.withLock { $0 } }

  /// Looks finished work up in the cache and copies it; a cache that cannot be read is done without.
  func copyFromCache(_ key: Digest) throws(Diagnostic) -> Bool {
    guard let cache, !isReadOnly else { return false }
    do throws(Diagnostic) {
      guard try FileStatus(ofPath: cache.recordPath(key), in: cache.files) != nil else {
        return false
      }
    } catch {
      notice(.unreadableCache(cache.root, error.message))
      return false
    }
    return try copy(key, from: cache)
  }

  /// Whether a record may be used: without a key every one; with it those that this user's processes
  /// made, and those that are sealed with it.
  func believes(_ record: Record, at path: String) throws(Diagnostic) -> Bool {
    guard let trust, !record.isSealed(with: trust) else { return true }
    return try FileStatus.isOwn(path, in: files)
  }

  /// A record of a store that is only read; nil when there is none, or it is damaged.
  private func recordToCopy(_ key: Digest) throws(Diagnostic) -> Record? {
    guard let bytes = try FileBytes.read(recordPath(key), in: files) else { return nil }
    guard let record = Record(text: bytes), record.key == key else { return nil }
    return record
  }

  /// Whether an output is here already; notes its use.
  private func has(_ output: RecordedOutput) throws(Diagnostic) -> Bool {
    try isPresent(StoredObject(digest: output.digest, byteCount: output.byteCount))
  }

  /// Copies an object, whose bytes are checked on the way; false when it is not there or damaged.
  private func copy(
    _ output: RecordedOutput, from other: ArtifactStore
  ) throws(Diagnostic) -> Bool {
    let path = other.objectPath(output.digest)
    guard let file = try OpenFile(ifThere: path, for: .readOwn, in: other.files) else {
      return false
    }
    var draft = try makeDraft()
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = try file.read(into: &buffer, from: 0)
      guard count > 0 else { break }
      try draft.write(buffer.span.extracting(..<count))
      // A file that never ends is not the object.
      guard draft.byteCount <= output.byteCount else { break }
    }
    guard let object = try draft.commit(expecting: output.digest) else {
      notice(.damagedElsewhere(output.digest, other.root))
      return false
    }
    copied.withLock { copied in
      copied.objectCount += 1
      copied.byteCount += object.byteCount
    }
    return true
  }
}

extension Diagnostic.Message {
  fileprivate static func notBelieved(_ key: Digest, _ root: String) -> Self {
    Self(
      "the record \(key.short) of '\(root)' is not sealed with your trust key, and not used",
      remedy: "nothing: its stage runs here; whoever made it can push it with the key")
  }

  fileprivate static func damagedElsewhere(_ digest: Digest, _ root: String) -> Self {
    Self(
      "the artifact \(digest.short) of '\(root)' is damaged, and not used",
      remedy:
        "nothing: its stage runs here; `millrace verify --store \(root)` mends the other store")
  }

  fileprivate static func unreadableCache(_ root: String, _ reason: Self) -> Self {
    Self(
      "the cache '\(root)' cannot be read, and is done without: \(reason.problem)",
      remedy: reason.remedy)
  }
}
