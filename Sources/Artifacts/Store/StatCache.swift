import Diagnostics
import Digests
import Files
import Glibc
import Synchronization

/// Digests of files, known by the files' status so that unchanged files need not be read again.
///
/// A file changed within two seconds of being hashed is not remembered: a second change could leave
/// its status the same (git's racy rule). Loaded on first use; losing it costs only time.
package final class StatCache: Sendable {
  /// A file changed less than this before its digest was taken may change again within one time stamp.
  private static let racyNanoseconds: Int64 = 2_000_000_000
  /// The oldest entries beyond so many are forgotten.
  private static let maximumCount = 100_000

  struct Entry {
    var digest: Digest
    /// When the digest was taken, in nanoseconds since 1970.
    var taken: Int64
  }

  private struct State {
    /// Nil until the file was read.
    var entries: [FileStatus: Entry]?
    var isChanged = false
  }

  private let path: String
  private let files: any FileSystem
  private let state = Mutex(State())

  init(path: String, in files: any FileSystem) {
    self.path = path
    self.files = files
  }

  /// The digest of the file that has this status, if it is known.
  package func digest(of status: FileStatus) -> Digest? {
    state.withLock { state in
      let entries = state.entries ?? load()
      state.entries = entries
      guard let entry = entries[status], !Self.isRacy(status, taken: entry.taken) else {
        return nil
      }
      return entry.digest
    }
  }

  /// Remembers a digest taken just now of a file that still has this status.
  package func remember(_ digest: Digest, of status: FileStatus) {
    let now = files.now
    guard !Self.isRacy(status, taken: now) else { return }
    state.withLock { state in
      var entries = state.entries ?? load()
      state.entries = nil
      entries[status] = Entry(digest: digest, taken: now)
      state.entries = entries
      state.isChanged = true
    }
  }

  private static func isRacy(_ status: FileStatus, taken: Int64) -> Bool {
    max(status.modified, status.changed) >= taken - racyNanoseconds
  }

  /// The entries to write, joined with what other processes wrote meanwhile; nil if nothing is new.
  fileprivate func takeChanges() -> [FileStatus: Entry]? {
    state.withLock { state in
      guard state.isChanged, let mine = state.entries else { return nil }
      state.isChanged = false
      return load().merging(mine) { $0.taken > $1.taken ? $0 : $1 }
    }
  }

  private func load() -> [FileStatus: Entry] {
    // A cache that cannot be read costs only time.
    (try? FileBytes.read(path, in: files)).map(Self.entries(in:)) ?? [:]
  }
}

extension StatCache {
  /// A line each: device, inode, size, change times, time taken, digest, and a checksum of these.
  static func text(of entries: [FileStatus: Entry]) -> String {
    var text = ""
    for (status, entry) in entries.sorted(by: { $0.value.taken > $1.value.taken }).prefix(
      maximumCount)
    {
      let line =
        "\(status.device) \(status.inode) \(status.byteCount) \(status.modified) \(status.changed)"
        + " \(entry.taken) \(entry.digest) "
      text += line + LineChecksum.of(line) + "\n"
    }
    return text
  }

  /// Reads the lines whose checksum is right.
  static func entries(in bytes: [UInt8]) -> [FileStatus: Entry] {
    var entries: [FileStatus: Entry] = [:]
    var start = 0
    while let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) {
      if let (status, entry) = entry(bytes.span.extracting(start..<end)) { entries[status] = entry }
      start = end + 1
    }
    return entries
  }

  /// Whether every line is as it was written.
  static func isSound(_ bytes: [UInt8]) -> Bool {
    bytes.split(separator: UInt8(ascii: "\n")).allSatisfy { entry($0.span) != nil }
  }

  private static func entry(_ line: Span<UInt8>) -> (FileStatus, Entry)? {
    let digestStart = line.count - LineChecksum.byteCount - 65
    guard digestStart > 0, LineChecksum.isRight(in: line),
      let digest = Digest(hexDigits: line.extracting(digestStart..<digestStart + 64))
    else { return nil }
    var numbers = InlineArray<6, UInt64>(repeating: 0)
    var field = 0
    for index in 0..<digestStart {
      let byte = line[index]
      if byte == UInt8(ascii: " ") {
        field += 1
      } else {
        guard field < 6, byte >= 0x30, byte <= 0x39 else { return nil }
        numbers[field] = numbers[field] &* 10 &+ UInt64(byte - 0x30)
      }
    }
    let status = FileStatus(
      device: numbers[0], inode: numbers[1], byteCount: Int(truncatingIfNeeded: numbers[2]),
      modified: Int64(truncatingIfNeeded: numbers[3]),
      changed: Int64(truncatingIfNeeded: numbers[4]))
    return (status, Entry(digest: digest, taken: Int64(truncatingIfNeeded: numbers[5])))
  }
}

extension ArtifactStore {
  /// Writes what the stat cache learned, if anything; a failure costs only time later on.
  package func saveStatCache() {
    guard let entries = statCache.takeChanges(), !isReadOnly else { return }
    do throws(Diagnostic) {
      let temporary = try TemporaryFile(store: self)
      try temporary.write(StatCache.text(of: entries).utf8.span)
      try temporary.synchronize()
      try temporary.rename(to: "\(root)/stat")
    } catch {
      notice(error.message)
    }
  }
}
