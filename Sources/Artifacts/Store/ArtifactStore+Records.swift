import Diagnostics
import Synchronization

extension ArtifactStore {
  /// The record of finished work whose outputs are all there; nil means the work must be done.
  ///
  /// A damaged record is set aside in `corrupt` with a notice.
  package func record(for key: Digest) -> Record? {
    let path = recordPath(key)
    guard let bytes = FileBytes.read(path) else { return nil }
    guard let record = Record(text: bytes), record.key == key else {
      quarantine(path, .damagedRecord(key))
      return nil
    }
    let isComplete = record.outputs.allSatisfy { output in
      FileStatus(ofPath: objectPath(output.digest))?.byteCount == output.byteCount
    }
    return isComplete ? record : nil
  }

  /// Commits finished work: from here on it is done.
  ///
  /// The first record of a key stands.
  ///
  /// - Returns: the record that stands, which is another when a second process did the same work.
  @discardableResult
  package func commit(_ record: Record) throws(Diagnostic) -> Record {
    try synchronizeFolders()
    let folder = try folder("keys/\(record.key.description.prefix(2))")
    let path = recordPath(record.key)
    let temporary = try TemporaryFile(store: self)
    try temporary.write(record.text.utf8.span)
    try temporary.seal(mode: 0o444)
    if try !temporary.link(to: path) {
      if let standing = self.record(for: record.key) { return standing }
      try temporary.rename(to: path)
    }
    foldersToSynchronize.withLock { _ = $0.insert(folder) }
    try synchronizeFolders()
    return record
  }

  /// Waits until every name made so far is on the disk.
  private func synchronizeFolders() throws(Diagnostic) {
    let folders = foldersToSynchronize.withLock { folders in
      defer { folders = [] }
      return folders
    }
    guard isDurable else { return }
    for folder in folders.sorted() {
      try beforeStep(.synchronize)
      try Folder.synchronize(folder)
    }
  }

  /// The keys of all records, in order.
  package func recordKeys() -> [Digest] { digests(in: "keys") }
}

extension Diagnostic.Message {
  static func damagedRecord(_ key: Digest) -> Self {
    Self(
      "the record \(key.short) was damaged on the disk and set aside",
      remedy: "nothing: its stage runs again")
  }
}
