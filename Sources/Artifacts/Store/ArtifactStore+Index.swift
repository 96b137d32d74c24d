import Diagnostics
import Digests
import Files
import Synchronization

/// The indices of records, one for each plan that is looked up, in the folder `index`.
///
/// Nothing rests on an index: what cannot be read or written is done without. It is not used where
/// machines share the store by leases, because their clients may tell an old status of a file.
extension ArtifactStore {
  /// The index that look-ups use, and what it is called.
  struct CurrentIndex {
    let name: String
    var index: RecordIndex
  }

  /// Has look-ups use the index of a name, until another is named.
  package func recallRecords(of name: String) {
    guard !hasLeases else { return }
    let path = indexPath(name)
    let isTrusted = trust == nil || (try? FileStatus.isOwn(path, in: files)) == true
    let index = RecordIndex(isTrusted ? (try? cacheBytes(of: path)) ?? [] : [])
    currentIndex.withLock { $0 = CurrentIndex(name: name, index: index) }
  }

  /// Writes what look-ups found of the plan's records, where it is more than the index has.
  package func saveRecordIndex(of keys: [Digest]) {
    let changes = currentIndex.withLock { current in
      current.flatMap { current in
        current.index.changes(among: keys).map { (text: $0, name: current.name) }
      }
    }
    guard let changes, !isReadOnly else { return }
    do throws(Diagnostic) {
      _ = try folder("index")
      let temporary = try TemporaryFile(store: self)
      try temporary.write(changes.text.span)
      try temporary.synchronize()
      try temporary.rename(to: indexPath(changes.name))
    } catch { return }
  }

  /// Removes the index of a name.
  func removeIndex(of name: String) {
    guard !Folder.isLink("\(root)/index", in: files) else { return }
    _ = files.remove(indexPath(name))
  }

  /// A record, from the index where its file is as it was, else from its file.
  ///
  /// - Returns: nil when there is none.
  /// - Throws: when it cannot be read.
  func readRecord(_ key: Digest, at path: String) throws(Diagnostic) -> ReadRecord? {
    guard currentIndex.withLock({ $0 != nil }) else {
      return try bytes(of: path).map { ReadRecord($0, key: key) }
    }
    guard let status = try status(of: path) else { return nil }
    let known = currentIndex.withLock { $0?.index.record(of: key, status: status) }
    if let known { return .whole(known) }
    // The status from before the bytes: what changes meanwhile has another one afterwards.
    let taken = files.now
    guard let bytes = try bytes(of: path) else { return nil }
    let read = ReadRecord(bytes, key: key)
    if case .whole = read, let end = ChecksumLine.start(in: bytes) {
      let entry = RecordIndex.Entry(status: status, taken: taken, text: bytes[..<end])
      currentIndex.withLock { $0?.index.add(entry, of: key) }
    }
    return read
  }

  /// The bytes of a file of records as they were found; nil when it is not there.
  func cacheBytes(of path: String) throws(Diagnostic) -> [UInt8]? {
    try FileBytes.read(path, limit: RecordIndex.largestFile, in: files)
  }

  func indexPaths() throws(Diagnostic) -> [String] { try names(in: "index").map(indexPath) }

  private func indexPath(_ name: String) -> String { "\(root)/index/\(name)" }
}

/// What the file of a record held.
enum ReadRecord {
  case whole(Record)
  case damaged

  init(_ bytes: [UInt8], key: Digest) {
    if let record = Record(text: bytes), record.key == key {
      self = .whole(record)
    } else {
      self = .damaged
    }
  }
}
