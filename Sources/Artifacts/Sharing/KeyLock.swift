import Diagnostics
import Files
import Glibc
import Synchronization

/// The lock of a claim: the kernel's on a file of the claim's folder, or that file's name for a lease.
struct KeyLock: ~Copyable {
  /// What came of an attempt to take a lock.
  enum Attempt: ~Copyable {
    case taken(KeyLock)
    case held(LockText)
    /// The file vanished meanwhile, or its folder.
    case gone
  }

  private enum Means: ~Copyable {
    case kernel(OpenFile)
    case lease(Lease)
  }

  private let path: String
  private let means: Means
  /// Whether the name was given back: it may be another claim's of this process from then on.
  private let isGivenBack = Atomic(false)

  private init(path: String, means: consuming Means) {
    self.path = path
    self.means = means
  }

  /// Takes the lock if nobody has it.
  ///
  /// - Parameter holder: what others are shown while they wait.
  static func attempt(
    _ path: String, holder: String, in store: ArtifactStore
  ) throws(Diagnostic) -> Attempt {
    guard try store.lockKind() == .leases else {
      return try lockFile(path, holder: holder, in: store)
    }
    let lease = try store.lease()
    switch lease.take(path) {
    case 0: return .taken(KeyLock(path: path, means: .lease(lease)))
    case ENOENT: return .gone
    case EEXIST: break
    case let code: throw Diagnostic(.cannot("make a link at", path, code: code))
    }
    guard let file = try OpenFile(ifThere: path, for: .readOwn, in: store.files) else {
      return .gone
    }
    if try lease.isAlive(file) { return .held(text(of: path, in: store)) }
    try lease.free(path)
    return .gone
  }

  private static func lockFile(
    _ path: String, holder: String, in store: ArtifactStore
  ) throws(Diagnostic) -> Attempt {
    guard let file = try OpenFile(ifThere: path, for: .lock, in: store.files) else { return .gone }
    if file.lock(wait: false) == .busy { return .held(text(of: path, in: store)) }
    // The holder may have finished after the file was opened: this lock is then on a removed file.
    guard file.isStillInPlace else { return .gone }
    // Where locks of the kernel are asked for, a lock that is free is taken whoever left it.
    if store.wantedLockKind != .kernel, let host = text(of: path, in: store).host,
      host != store.files.host
    {
      try store.beginLeases(becauseOf: host)
      return .gone
    }
    try file.truncate()
    try file.write(LockText(holder: holder, host: store.files.host).text.utf8.span)
    return .taken(KeyLock(path: path, means: .kernel(file)))
  }

  /// The holder's text is only shown, so a failure to read it does not matter.
  private static func text(of path: String, in store: ArtifactStore) -> LockText {
    LockText((try? FileBytes.read(path, limit: 4096, in: store.files)) ?? [])
  }

  /// Whether a living process has the lock.
  static func isHeld(_ path: String, in store: ArtifactStore) throws(Diagnostic) -> Bool {
    guard let file = try OpenFile(ifThere: path, for: .readOwn, in: store.files) else {
      return false
    }
    let isLocked = file.lock(shared: true, wait: false) == .busy
    guard try store.lockKind() == .leases, !isLocked, !store.isReadOnly else { return isLocked }
    return try store.lease().isAlive(file)
  }

  /// Whether the file in the lock's place is still this one's.
  var isStillInPlace: Bool {
    switch means {
    case .kernel(let file): file.isStillInPlace
    case .lease(let lease): lease.owns(path)
    }
  }

  /// Whether another process took the lock, because this one did not show for long that it lives.
  var isLost: Bool {
    switch means {
    case .kernel: false
    case .lease(let lease): lease.hasLost(path)
    }
  }

  /// Removes the file, if it is still this lock's.
  func remove() {
    switch means {
    case .kernel(let file): if file.isStillInPlace { _ = file.files.remove(path) }
    case .lease(let lease): giveBack(to: lease)
    }
  }

  private func giveBack(to lease: Lease) {
    guard !isGivenBack.exchange(true, ordering: .relaxed) else { return }
    lease.giveBack(path)
  }

  deinit {
    switch means {
    case .kernel(let file):
      // A text that stays is of a process that was killed.
      try? file.truncate()
      // A program that is just being started has the file open too.
      file.unlock()
    case .lease(let lease): giveBack(to: lease)
    }
  }
}
