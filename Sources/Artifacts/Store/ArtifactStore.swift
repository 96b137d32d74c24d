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
  /// What makes the calls to the system for every file of the store.
  let files: any FileSystem
  /// How large the chunks of rows are whose results are remembered; no result depends on it.
  package let chunkSizes: ChunkSizes
  /// Digests of files known by their status.
  package let statCache: StatCache
  private let notices = Mutex(Notices())
  private let knownFolders = Mutex<Set<String>>([])
  /// Objects written or hashed by this process, with their status at that time.
  let intactObjects = Mutex<[Digest: FileStatus]>([:])
  let copied = Mutex(CopiedWork())
  let currentIndex = Mutex<CurrentIndex?>(nil)

  let currentHold = Mutex(CurrentHold())
  /// Folders that have new names in them, not yet known to be on the disk.
  let foldersToSynchronize = Mutex<Set<String>>([])
  /// What is to keep processes apart; nil for what the store and its file system ask for.
  let wantedLockKind: LockKind?
  let knownLockKind = Mutex<LockKind?>(nil)
  let currentLease = Mutex<Lease?>(nil)

  package init(
    root: String, isDurable: Bool = true, trust: TrustKey? = nil, cache: ArtifactStore? = nil,
    locks: LockKind? = nil, files: any FileSystem = SystemFiles(),
    chunkSizes: ChunkSizes = .standard
  ) {
    self.root = root
    self.trust = trust
    self.cache = cache
    self.isDurable = isDurable
    self.files = files
    self.chunkSizes = chunkSizes
    wantedLockKind = locks
    statCache = StatCache(path: "\(root)/stat", in: files)
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
      guard try status(of: root) != nil else { return false }
      _ = try Folder.names(in: root, in: files)
      return true
    }
  }

  /// Whether the store is there and this process may not write to it: results can be found, none made.
  package var isReadOnly: Bool {
    let result = files.perform(.examine(path: root)) {
      Int(unsafe faccessat(AT_FDCWD, root, W_OK, AT_EACCESS))
    }
    return result != 0 && (errno == EACCES || errno == EROFS || errno == EPERM)
  }

  /// A folder below the root, made when it is not there.
  ///
  /// - Parameter isKept: false for one that a power cut may take away, for which no disk is waited.
  func folder(_ name: String, isKept: Bool = true) throws(Diagnostic) -> String {
    let path = "\(root)/\(name)"
    if knownFolders.withLock({ $0.contains(path) }) { return path }
    try refuseOtherFormat()
    try makeFolder(path, isKept: isKept)
    _ = knownFolders.withLock { $0.insert(path) }
    return path
  }

  /// Makes a folder and those above it; in a durable store their names are on the disk then.
  private func makeFolder(_ path: String, isKept: Bool = true) throws(Diagnostic) {
    let made = try Folder.create(path, in: files)
    guard isDurable, isKept else { return }
    for path in made { try Folder.synchronize(Folder.above(path), in: files) }
  }

  /// Writes the format's number into a new store, and refuses a store of another.
  private func refuseOtherFormat() throws(Diagnostic) {
    guard knownFolders.withLock({ $0.isEmpty }) else { return }
    guard try !hasFormat() else { return }
    try makeFolder(root)
    try OpenFile("\(root)/format", for: .replace, in: files).write("1\n".utf8.span)
  }

  /// Whether the store says its format, which is the one known here.
  func hasFormat() throws(Diagnostic) -> Bool {
    let path = "\(root)/format"
    // A power cut right after making the file leaves it empty, or its two bytes unwritten.
    guard let found = try bytes(of: path), found.contains(where: { $0 != 0 }) else { return false }
    guard found == Array("1\n".utf8) else { throw Diagnostic(.otherFormat(path)) }
    return true
  }

  /// The names in a folder below the root, sorted; none when it is not there.
  func names(in folder: String) throws(Diagnostic) -> [String] {
    try Folder.names(in: "\(root)/\(folder)", in: files)
  }

  /// The status of a file; nil when it is not there.
  func status(of path: String) throws(Diagnostic) -> FileStatus? {
    try FileStatus(ofPath: path, in: files)
  }

  /// The bytes of a small file; nil when it is not there.
  func bytes(of path: String) throws(Diagnostic) -> [UInt8]? {
    try FileBytes.read(path, in: files)
  }

  /// The folder of a key's unfinished work.
  func partialFolder(_ key: Digest) -> String { "\(root)/partial/\(key)" }

  func objectPath(_ digest: Digest) -> String { path("objects", digest) }

  func recordPath(_ key: Digest) -> String { path("keys", key) }

  func path(_ kind: String, _ digest: Digest) -> String {
    "\(root)/\(kind)/\(digest.path)"
  }

  /// Every digest that a file of `objects` or `keys` is named by, in order.
  func digests(in kind: String) throws(Diagnostic) -> [Digest] {
    var digests: [Digest] = []
    for start in try names(in: kind) {
      digests += try self.digests(in: kind, startingWith: start)
    }
    return digests
  }

  func digests(
    in kind: String, startingWith start: String
  ) throws(Diagnostic) -> [Digest] {
    try names(in: "\(kind)/\(start)").compactMap { Digest(hex: start + $0) }
  }
}

extension Diagnostic.Message {
  static func otherFormat(_ path: String) -> Self {
    Self(
      "'\(path)' is not format 1: the store was made by another version",
      remedy: "use that version, or name another folder with --store")
  }
}
