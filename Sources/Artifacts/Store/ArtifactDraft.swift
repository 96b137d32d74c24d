import Cores
import Diagnostics
import Digests
import Files
import Synchronization

/// An immutable file in a store: its name and its size.
package struct StoredObject: Hashable, Sendable {
  package let digest: Digest
  package let byteCount: Int

  package init(digest: Digest, byteCount: Int) {
    self.digest = digest
    self.byteCount = byteCount
  }
}

/// An artifact being written; it enters the store only when committed.
///
/// Bytes are gathered, and hashed and written a mebibyte at a time while more are made. A draft that is
/// dropped leaves nothing.
package struct ArtifactDraft: ~Copyable, ByteSink {
  private static let bufferSize = 1 << 20

  private let store: ArtifactStore
  private let file: DraftFile
  private var buffer: [UInt8] = []
  package private(set) var byteCount = 0

  init(store: ArtifactStore) throws(Diagnostic) {
    self.store = store
    file = DraftFile(try TemporaryFile(store: store))
  }

  deinit { file.close() }

  package mutating func write(_ bytes: Span<UInt8>) throws(Diagnostic) {
    byteCount += bytes.count
    if buffer.count + bytes.count < Self.bufferSize {
      append(bytes)
      return
    }
    let room = buffer.isEmpty ? 0 : Self.bufferSize - buffer.count
    append(bytes.extracting(..<room))
    try writeBuffer()
    let rest = bytes.extracting(room...)
    if rest.count >= Self.bufferSize {
      try file.write(rest)
    } else {
      append(rest)
    }
  }

  /// Writes bytes that are not used otherwise, so that they need not be copied.
  package mutating func write(givingAway bytes: [UInt8]) throws(Diagnostic) {
    guard bytes.count >= Self.bufferSize / 8 else { return try write(bytes.span) }
    byteCount += bytes.count
    try writeBuffer()
    try file.writeLater(bytes)
  }

  /// Begins a part of the artifact that has a digest of its own.
  package mutating func beginPart() throws(Diagnostic) {
    try writeBuffer()
    file.beginPart()
  }

  /// Ends the part.
  package mutating func endPart() throws(Diagnostic) {
    try writeBuffer()
    file.endPart()
  }

  /// The digests of the parts that were ended, in order; waits until they are written.
  package var partDigests: [Digest] { file.partDigests }

  /// Has what was gathered written while more is made.
  private mutating func writeBuffer() throws(Diagnostic) {
    guard !buffer.isEmpty else { return }
    var block: [UInt8] = []
    block.reserveCapacity(Self.bufferSize)
    swap(&block, &buffer)
    try file.writeLater(block)
  }

  private mutating func append(_ bytes: Span<UInt8>) {
    unsafe bytes.withUnsafeBufferPointer { unsafe buffer.append(contentsOf: $0) }
  }

  /// Puts the artifact into the store under its digest; one that is there already is kept.
  package consuming func commit() throws(Diagnostic) -> StoredObject {
    try file.write(buffer.span)
    return try keep(as: file.digest)
  }

  /// Puts the artifact into the store if its digest is this one; nil, and nothing is kept, if not.
  consuming func commit(expecting digest: Digest) throws(Diagnostic) -> StoredObject? {
    try file.write(buffer.span)
    return file.digest == digest ? try keep(as: digest) : nil
  }

  private consuming func keep(as digest: Digest) throws(Diagnostic) -> StoredObject {
    let path = store.objectPath(digest)
    let object = StoredObject(digest: digest, byteCount: byteCount)
    if try store.isPresent(object) { return object }
    let folder = try store.folder("objects/\(digest.description.prefix(2))")
    try file.seal(as: path)
    store.unmarkEvicted(digest)
    if let status = try store.status(of: path) {
      store.intactObjects.withLock { $0[digest] = status }
    }
    store.foldersToSynchronize.withLock { _ = $0.names.insert(folder) }
    return object
  }
}

extension ArtifactStore {
  /// Whether an object is there already; notes its use, so that no other process removes it.
  func isPresent(_ object: StoredObject) throws(Diagnostic) -> Bool {
    let hold = currentHold.withLock { $0.hold }
    hold?.enter()
    defer { hold?.leave() }
    hold?.note(object.digest)
    return try byteCount(of: object.digest) == object.byteCount
  }

  /// Starts a new artifact.
  package func makeDraft() throws(Diagnostic) -> ArtifactDraft { try ArtifactDraft(store: self) }
}
