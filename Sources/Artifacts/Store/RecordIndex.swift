import Digests
import Files

/// The records that a plan's last run found, in one file, so that the next one need not open each.
///
/// A cache only. An entry counts while the record's own file has the status that it had when it was
/// read, which is looked up each time; one changed less than two seconds before that is left out, as a
/// second change could leave its status the same (git's racy rule). An index of which a bit was changed
/// counts for nothing.
///
/// ```
/// index	1
/// entry	7f3a… 64769 1311 512 1764400000000000000 1764400000000000000 1764400009000000000 437
/// record	1
/// output	…
/// checksum	9d31…
/// ```
struct RecordIndex: Sendable {
  /// A record's text, and the status of its file when it was read.
  struct Entry: Sendable {
    let status: FileStatus
    /// When it was read, in nanoseconds since 1970.
    let taken: Int64
    /// The record without its checksum.
    let text: ArraySlice<UInt8>

    /// Whether the file may have changed again without a change of its status.
    var isRacy: Bool { max(status.modified, status.changed) >= taken - 2_000_000_000 }

    /// What it takes in the file, about.
    var byteCount: Int { text.count + RecordIndex.headingBytes }
  }

  /// A record's entry, and the record's key.
  typealias KeyedEntry = (key: Digest, entry: Entry)

  /// So many bytes are remembered at most: records of some 200,000 stages.
  private static let mostBytes = 192 << 20
  /// The largest file of an index or of findings that is read.
  static let largestFile = 256 << 20
  /// What an entry has beside the record, about.
  private static let headingBytes = 256

  private let known: [Digest: Entry]
  /// What was read of records that the index has not, or that have changed since.
  private var added: [Digest: Entry] = [:]
  /// What the entries that were found or added take; one that is found twice counts twice.
  private var usedBytes = 0

  /// - Parameter bytes: those of the file; an index of none knows nothing.
  init(_ bytes: [UInt8]) {
    guard bytes.starts(with: Self.heading), let end = ChecksumLine.start(in: bytes),
      let entries = Self.entries(in: bytes, Self.heading.count..<end)
    else {
      known = [:]
      return
    }
    known = Dictionary(
      entries.lazy.map { ($0.key, $0.entry) }, uniquingKeysWith: { first, _ in first })
  }

  /// The record of a key whose file has this status; nil when it is not known.
  mutating func record(of key: Digest, status: FileStatus) -> Record? {
    guard let entry = known[key], entry.status == status, !entry.isRacy,
      let record = Record(key: key, body: entry.text)
    else { return nil }
    usedBytes += entry.byteCount
    return record
  }

  /// Remembers a record that was read.
  mutating func add(_ entry: Entry, of key: Digest) {
    let byteCount = usedBytes - (added[key]?.byteCount ?? 0) + entry.byteCount
    guard !entry.isRacy, byteCount <= Self.mostBytes else { return }
    usedBytes = byteCount
    added[key] = entry
  }

  /// The text of what is known of these records; nil when none was read that the index has not.
  func changes(among keys: [Digest]) -> [UInt8]? {
    guard !added.isEmpty, keys.contains(where: { added[$0] != nil }) else { return nil }
    let entries = keys.compactMap { key in (added[key] ?? known[key]).map { (key, $0) } }
    return Self.text(of: Dictionary(entries, uniquingKeysWith: { first, _ in first }))
  }
}

extension RecordIndex {
  /// What was found of these records, in their order; nil where one is not known.
  func entries(of keys: [Digest]) -> [KeyedEntry]? {
    var entries: [KeyedEntry] = []
    entries.reserveCapacity(keys.count)
    for key in keys {
      guard let entry = added[key] ?? known[key] else { return nil }
      entries.append((key, entry))
    }
    return entries
  }
}

extension RecordIndex {
  private static let heading = Array("index\t1\n".utf8)
  private static let entryName = Array("entry\t".utf8)
  /// What an entry has at least, about.
  private static let usualBytes = 512

  static func text(of entries: [Digest: Entry]) -> [UInt8] {
    var bytes = heading
    for (key, entry) in entries.sorted(by: { $0.key < $1.key }) {
      append((key, entry), to: &bytes)
    }
    return ChecksumLine.sealed(bytes)
  }

  /// Whether all of it is as it was written.
  static func isSound(_ bytes: [UInt8]) -> Bool {
    bytes.starts(with: heading) && ChecksumLine.start(in: bytes) != nil
  }

  /// Adds the text of an entry.
  static func append(_ keyed: KeyedEntry, to bytes: inout [UInt8]) {
    let (status, entry) = (keyed.entry.status, keyed.entry)
    let line =
      "\(keyed.key) \(status.device) \(status.inode) \(status.byteCount) \(status.modified)"
      + " \(status.changed) \(entry.taken) \(entry.text.count)\n"
    bytes += entryName
    bytes += line.utf8
    bytes += entry.text
  }

  /// The entries in a range of the bytes, in their order; nil for what none of ours would be.
  static func entries(in bytes: [UInt8], _ range: Range<Int>) -> [KeyedEntry]? {
    var entries: [KeyedEntry] = []
    entries.reserveCapacity(range.count / usualBytes)
    var place = range.lowerBound
    while place < range.upperBound {
      guard let entry = entry(in: bytes, from: &place, upTo: range.upperBound) else { return nil }
      entries.append(entry)
    }
    return entries
  }

  /// Reads the entry at a place and moves behind it; nil for what none of ours would be.
  private static func entry(
    in bytes: [UInt8], from place: inout Int, upTo end: Int
  ) -> KeyedEntry? {
    let digits = place + entryName.count
    guard digits + 65 < end, bytes[place..<digits].elementsEqual(entryName),
      let key = Digest(hexDigits: bytes.span.extracting(digits..<(digits + 64)))
    else { return nil }
    var numbers = InlineArray<7, UInt64>(repeating: 0)
    var field = -1
    place = digits + 64
    while place < end, bytes[place] != UInt8(ascii: "\n") {
      let byte = bytes[place]
      if byte == UInt8(ascii: " ") {
        field += 1
      } else {
        guard (0..<7).contains(field), byte >= 0x30, byte <= 0x39 else { return nil }
        numbers[field] = numbers[field] &* 10 &+ UInt64(byte - 0x30)
      }
      place += 1
    }
    let start = place + 1
    guard field == 6, start <= end, numbers[6] <= UInt64(end - start) else { return nil }
    place = start + Int(numbers[6])
    let status = FileStatus(
      device: numbers[0], inode: numbers[1], byteCount: Int(truncatingIfNeeded: numbers[2]),
      modified: Int64(truncatingIfNeeded: numbers[3]),
      changed: Int64(truncatingIfNeeded: numbers[4]))
    return (
      key,
      Entry(
        status: status, taken: Int64(truncatingIfNeeded: numbers[5]), text: bytes[start..<place])
    )
  }
}
