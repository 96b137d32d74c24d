import Diagnostics
import Digests
import Files
import Synchronization

/// What look-ups found of some records, in an order, and a text that says for what they were found.
///
/// A cache only, as the index of records is: each record counts while its own file has the status that it
/// had when it was read.
///
/// ```
/// findings	1
/// text	1311
/// …
/// entry	7f3a… 64769 1311 512 1764400000000000000 1764400000000000000 1764400009000000000 437
/// record	1
/// output	…
/// checksum	9d31…
/// ```
package struct Findings: Sendable {
  private static let heading = Array("findings\t1\ntext\t".utf8)

  /// What whoever looked the records up wrote.
  package let text: ArraySlice<UInt8>
  let entries: [RecordIndex.KeyedEntry]

  /// How many records were found.
  package var count: Int { entries.count }

  /// Nil for a file of which a bit was changed, or that none of ours would be.
  fileprivate init?(_ bytes: [UInt8]) {
    guard bytes.starts(with: Self.heading), let end = ChecksumLine.start(in: bytes),
      let lengthEnd = bytes[Self.heading.count..<end].firstIndex(of: UInt8(ascii: "\n")),
      let length = Int(
        String(decoding: bytes[Self.heading.count..<lengthEnd], as: UTF8.self)),
      0 <= length, length <= end - lengthEnd - 1
    else { return nil }
    let textEnd = lengthEnd + 1 + length
    guard let entries = RecordIndex.entries(in: bytes, textEnd..<end) else { return nil }
    text = bytes[(lengthEnd + 1)..<textEnd]
    self.entries = entries
  }

  static func bytes(_ text: [UInt8], _ entries: [RecordIndex.KeyedEntry]) -> [UInt8] {
    var bytes = heading
    bytes += "\(text.count)\n".utf8
    bytes += text
    for entry in entries { RecordIndex.append(entry, to: &bytes) }
    return ChecksumLine.sealed(bytes)
  }

  /// Whether all of it is as it was written.
  static func isSound(_ bytes: [UInt8]) -> Bool { Findings(bytes) != nil }
}

/// Findings are kept in the folder `findings`, one file for each name.
extension ArtifactStore {
  /// Keeps what look-ups of this process found of records, with a text that says for what.
  ///
  /// Nothing is kept where a record is not known well enough: it was made a moment ago, or machines share
  /// the store by leases, because their clients may tell an old status of a file.
  package func keepFindings(_ text: [UInt8], of keys: [Digest], as name: String) {
    guard !hasLeases, !isReadOnly,
      let entries = currentIndex.withLock({ $0?.index.entries(of: keys) })
    else { return }
    do throws(Diagnostic) {
      let folder = try folder(Self.findingsFolder)
      let temporary = try TemporaryFile(store: self)
      try temporary.write(Findings.bytes(text, entries).span)
      try temporary.synchronize()
      try temporary.rename(to: "\(folder)/\(name)")
    } catch { return }
  }

  /// What was kept under a name; nil when there is nothing, or it cannot be used.
  package func findings(named name: String) -> Findings? {
    guard !hasLeases else { return nil }
    let path = findingsPath(name)
    guard trust == nil || (try? FileStatus.isOwn(path, in: files)) == true,
      let bytes = (try? cacheBytes(of: path)) ?? nil
    else { return nil }
    return Findings(bytes)
  }

  /// The records of findings, if a look-up of each would find the same.
  ///
  /// - Throws: when what the store has cannot be known.
  package func records(of findings: Findings) throws(Diagnostic) -> [Record]? {
    guard !hasLeases else { return nil }
    var records: [Record] = []
    records.reserveCapacity(findings.entries.count)
    for (key, entry) in findings.entries {
      let path = recordPath(key)
      guard !entry.isRacy, try status(of: path) == entry.status,
        let record = Record(key: key, body: entry.text), try believes(record, at: path),
        try evictedPorts(of: record) != nil
      else { return nil }
      records.append(record)
    }
    return records
  }

  /// Removes what was kept under a name.
  func removeFindings(named name: String) {
    guard !Folder.isLink("\(root)/\(Self.findingsFolder)", in: files) else { return }
    _ = files.remove(findingsPath(name))
  }

  func findingsPaths() throws(Diagnostic) -> [String] {
    try names(in: Self.findingsFolder).map(findingsPath)
  }

  private static var findingsFolder: String { "findings" }

  private func findingsPath(_ name: String) -> String { "\(root)/\(Self.findingsFolder)/\(name)" }
}
