import Diagnostics
import Digests
import Files
import Glibc
import Synchronization

/// A folder of immutable artifacts named by digest, and of records that say which work made them.
///
/// Work looks up `record(for:)`; finding none, it writes drafts, commits them, and commits a record.
/// The record's rename is the commit. Nothing is made on the disk until something is written.
package final class ArtifactStore: Sendable {
  private struct Notices {
    var waiting: [Diagnostic] = []
    var said: Set<Diagnostic.Message> = []
  }

  /// The store's folder.
  package let root: String
  /// Whether commits wait until the bytes are on the disk.
  ///
  /// If not, a power cut may lose results, but never leave wrong ones.
  package let isDurable: Bool
  /// With it, records of others are used only if they bear its seal.
  let trust: TrustKey?
  /// A store that is only read, for work that is not here.
  package let cache: ArtifactStore?
  let beforeStep: BeforeStep
  /// Digests of files known by their status.
  package let statCache: StatCache
  private let notices = Mutex(Notices())
  private let knownFolders = Mutex<Set<String>>([])
  /// Objects written or hashed by this process, with their status at that time.
  let intactObjects = Mutex<[Digest: FileStatus]>([:])
  let copied = Mutex(CopiedWork())

  let currentHold = Mutex(CurrentHold())
  /// Folders that have new names in them, not yet known to be on the disk.
  let foldersToSynchronize = Mutex<Set<String>>([])

  package init(
    root: String, isDurable: Bool = true, trust: TrustKey? = nil, cache: ArtifactStore? = nil,
    beforeStep: @escaping BeforeStep = { _ in }
  ) {
    self.root = root
    self.trust = trust
    self.cache = cache
    self.isDurable = isDurable
    self.beforeStep = beforeStep
    statCache = StatCache(path: "\(root)/stat")
  }

  /// What went wrong without stopping the work (a record set aside, a lock not supported), once each.
  package func takeNotices() -> [Diagnostic] {
    notices.withLock { notices in
      defer { notices.waiting = [] }
      return notices.waiting
    }
  }

  /// Adds a notice: a problem that does not stop the work.
  package func notice(_ message: Diagnostic.Message) {
    notices.withLock { notices in
      guard notices.said.insert(message).inserted else { return }
      notices.waiting.append(Diagnostic(message, severity: .warning))
    }
  }

  /// Whether the store's folder is there.
  ///
  /// - Throws: when that cannot be known, or the folder cannot be read.
  package var exists: Bool {
    get throws(Diagnostic) {
      guard try FileStatus(ofPath: root) != nil else { return false }
      _ = try Folder.names(in: root)
      return true
    }
  }

  /// Whether the store is there and this process may not write to it: results can be found, none made.
  package var isReadOnly: Bool {
    unsafe faccessat(AT_FDCWD, root, W_OK, AT_EACCESS) != 0
      && (errno == EACCES || errno == EROFS || errno == EPERM)
  }

  /// A folder below the root, made when it is not there.
  func folder(_ name: String) throws(Diagnostic) -> String {
    let path = "\(root)/\(name)"
    if knownFolders.withLock({ $0.contains(path) }) { return path }
    try refuseOtherFormat()
    if try Folder.create(path), isDurable {
      try beforeStep(.synchronize)
      try Folder.synchronize(String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]))
    }
    _ = knownFolders.withLock { $0.insert(path) }
    return path
  }

  /// Writes the format's number into a new store, and refuses a store of another.
  private func refuseOtherFormat() throws(Diagnostic) {
    guard knownFolders.withLock({ $0.isEmpty }) else { return }
    guard try !hasFormat() else { return }
    try Folder.create(root)
    try beforeStep(.write)
    try OpenFile("\(root)/format", for: .replace).write("1\n".utf8.span)
  }

  /// Whether the store says its format, which is the one known here.
  func hasFormat() throws(Diagnostic) -> Bool {
    let path = "\(root)/format"
    // A crash right after making the file leaves it empty.
    guard let found = try FileBytes.read(path), !found.isEmpty else { return false }
    guard found == Array("1\n".utf8) else { throw Diagnostic(.otherFormat(path)) }
    return true
  }

  /// The folder of a key's unfinished work.
  func partialFolder(_ key: Digest) -> String { "\(root)/partial/\(key)" }

  func objectPath(_ digest: Digest) -> String { path("objects", digest) }

  func recordPath(_ key: Digest) -> String { path("keys", key) }

  func path(_ kind: String, _ digest: Digest) -> String {
    let hex = digest.description
    return "\(root)/\(kind)/\(hex.prefix(2))/\(hex.dropFirst(2))"
  }

  /// Every digest that a file of `objects` or `keys` is named by, in order.
  func digests(in kind: String) throws(Diagnostic) -> [Digest] {
    var digests: [Digest] = []
    for start in try Folder.names(in: "\(root)/\(kind)") {
      digests += try self.digests(in: kind, startingWith: start)
    }
    return digests
  }

  func digests(
    in kind: String, startingWith start: String
  ) throws(Diagnostic) -> [Digest] {
    try Folder.names(in: "\(root)/\(kind)/\(start)").compactMap { Digest(hex: start + $0) }
  }
}

extension Diagnostic.Message {
  static func otherFormat(_ path: String) -> Self {
    Self(
      "'\(path)' is not format 1: the store was made by another version",
      remedy: "use that version, or name another folder with --store")
  }
}
