import Diagnostics
import Digests
import Files
import Synchronization

/// A record of finished work, and which of its outputs were evicted.
package struct FinishedWork: Sendable {
  package let record: Record
  /// The ports whose bytes were given up to make room.
  package let evicted: Set<String>
}

extension ArtifactStore {
  /// The record of finished work, if no output was lost; nil means the work must be done.
  package func record(for key: Digest) throws(Diagnostic) -> Record? { try work(for: key)?.record }

  /// Finished work, each output of which is there or was given up; nil means it must be done.
  ///
  /// Work that is not here is copied from the cache. A damaged record is set aside in `corrupt` with a
  /// notice.
  ///
  /// - Throws: when the record or the folders of its outputs cannot be read.
  package func work(for key: Digest) throws(Diagnostic) -> FinishedWork? {
    if let work = try ownWork(for: key) { return work }
    return try copyFromCache(key) ? ownWork(for: key) : nil
  }

  /// Finished work that is here, and whose record is believed.
  package func ownWork(for key: Digest) throws(Diagnostic) -> FinishedWork? {
    let hold = currentHold.withLock { $0.hold }
    hold?.enter()
    defer { hold?.leave() }
    guard let record = try storedRecord(key), try believes(record, at: recordPath(key)),
      let evicted = try evictedPorts(of: record)
    else { return nil }
    hold?.note(key)
    return FinishedWork(record: record, evicted: evicted)
  }

  /// The ports of a record whose bytes were given up to make room; nil where bytes of another are lost.
  func evictedPorts(of record: Record) throws(Diagnostic) -> Set<String>? {
    var evicted: Set<String> = []
    for output in record.outputs {
      if try isPresent(output) { continue }
      guard try isEvicted(output.digest) else { return nil }
      evicted.insert(output.port)
    }
    return evicted
  }

  /// A record, even if outputs are lost; nil when there is none, or it was damaged.
  ///
  /// - Throws: when it cannot be read, or a damaged record cannot be set aside.
  package func storedRecord(_ key: Digest) throws(Diagnostic) -> Record? {
    let path = recordPath(key)
    switch try readRecord(key, at: path) {
    case .whole(let record): return record
    case .damaged:
      try quarantine(path, .damagedRecord(key))
      return nil
    case nil: return nil
    }
  }

  /// Whether an output is there, by its size.
  func isPresent(_ output: RecordedOutput) throws(Diagnostic) -> Bool {
    try byteCount(of: output.digest) == output.byteCount
  }

  /// Commits finished work: from here on it is done.
  ///
  /// The first record of a key stays, unless it names evicted outputs that the new one does not make.
  ///
  /// - Returns: the record that stays, which is another one when a second process did the same work.
  @discardableResult
  package func commit(_ record: Record) throws(Diagnostic) -> Record {
    let record = trust.map { record.sealed(with: $0) } ?? record
    try synchronizeFolders()
    let folder = try folder("keys/\(record.key.description.prefix(2))")
    let path = recordPath(record.key)
    let temporary = try TemporaryFile(store: self)
    try temporary.write(record.text.utf8.span)
    try temporary.seal(mode: 0o444)
    let hold = currentHold.withLock { $0.hold }
    hold?.enter()
    defer { hold?.leave() }
    hold?.note(record.key)
    if try !temporary.link(to: path) {
      if let existing = try ownWork(for: record.key), existing.evicted.isEmpty {
        return existing.record
      }
      try temporary.rename(to: path)
    }
    foldersToSynchronize.withLock { _ = $0.names.insert(folder) }
    try synchronizeFolders()
    return record
  }

  /// Waits until every name made so far is on the disk.
  func synchronizeFolders() throws(Diagnostic) {
    let folders = foldersToSynchronize.withLock { folders in
      defer { folders.names = [] }
      return folders.names
    }
    guard isDurable else { return }
    for folder in folders.sorted() {
      try Folder.synchronize(folder, in: files)
    }
  }

  /// The keys of all records, in order.
  package func recordKeys() throws(Diagnostic) -> [Digest] { try digests(in: "keys") }
}

extension Diagnostic.Message {
  static func damagedRecord(_ key: Digest) -> Self {
    Self(
      "the record \(key.short) was damaged on the disk and set aside",
      remedy: "nothing: its stage runs again")
  }
}
