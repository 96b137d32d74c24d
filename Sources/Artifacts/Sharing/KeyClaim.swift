import Diagnostics
import Digests
import Files
import Glibc

/// The right to work on one key: while it lives, other processes wait.
///
/// It is free when the process ends, however it ends: at once, or with leases after a while. The folder
/// stays for the next attempt, unless the work was finished.
package final class KeyClaim: Sendable {
  /// Where checkpoints and the log of the work lie.
  package let folder: String
  private let lock: KeyLock
  let files: any FileSystem

  fileprivate init(folder: String, lock: consuming KeyLock, in files: any FileSystem) {
    self.folder = folder
    self.lock = lock
    self.files = files
  }

  deinit {
    // Nothing but the lock is left, so no attempt needs the folder.
    if (try? Folder.names(in: folder, in: files)) == [Self.lockName] { removeLock() }
  }

  /// Whether another process has taken the key over: the work, and the folder, are that one's now.
  package var isLost: Bool { lock.isLost }

  /// Whether the folder is still this claim's to change, as the disk has it.
  package var isStillInPlace: Bool { lock.isStillInPlace }

  /// Notes which of the keys that are claimed together is being worked on.
  package func begin(_ key: Digest) throws(Diagnostic) {
    try OpenFile("\(folder)/\(Self.keyName)", for: .replace, in: files)
      .write(key.description.utf8.span)
  }

  static let lockName = "lock"
  static let keyName = "key"

  /// Removes the folder: the work is recorded, nothing is left to continue.
  package func finish() {
    guard isStillInPlace else { return }
    for name in (try? Folder.names(in: folder, in: files)) ?? []
    where name != Self.lockName && name != Self.keyName {
      let entry = "\(folder)/\(name)"
      if !files.remove(entry) { Folder.remove(entry, in: files) }
    }
    _ = files.remove("\(folder)/\(Self.keyName)")
    removeLock()
  }

  private func removeLock() {
    lock.remove()
    _ = files.removeFolder(folder)
  }
}

/// The result of an attempt to claim a key.
package enum ClaimOutcome: Sendable {
  case claimed(KeyClaim)
  /// Another process works on the key; the text is what it said of itself.
  case held(by: String)
}

extension ArtifactStore {
  /// How often an attempt is repeated because a holder finished between two of its steps.
  private static let mostAttempts = 1_000

  /// Claims a key if nobody holds it.
  ///
  /// - Parameter holder: what others are shown while they wait.
  package func tryClaim(_ key: Digest, holder: String) throws(Diagnostic) -> ClaimOutcome {
    let folder = partialFolder(key)
    _ = try self.folder("partial")
    for _ in 0..<Self.mostAttempts {
      try Folder.create(folder, in: files)
      try refuseLink(folder)
      let path = "\(folder)/\(KeyClaim.lockName)"
      switch try KeyLock.attempt(path, holder: holder, in: self) {
      case .taken(let lock): return .claimed(KeyClaim(folder: folder, lock: lock, in: files))
      case .held(let text): return .held(by: text.holder)
      case .gone: continue
      }
    }
    throw Diagnostic(.cannotClaim(folder))
  }

  /// Claims a key, waiting while another process holds it.
  ///
  /// - Parameter whileHeld: called now and then with the holder's text; false gives up.
  /// - Returns: nil if it was given up.
  package func claim(
    _ key: Digest, holder: String, whileHeld: (String) -> Bool
  ) throws(Diagnostic) -> KeyClaim? {
    var pause: UInt32 = 5_000
    while true {
      switch try tryClaim(key, holder: holder) {
      case .claimed(let claim): return claim
      case .held(let other):
        guard whileHeld(other) else { return nil }
        usleep(pause)
        pause = min(200_000, pause * 2)
      }
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func cannotClaim(_ folder: String) -> Self {
    Self(
      "cannot get a lock in '\(folder)': it vanishes as often as it is made",
      remedy: "look at what else writes to the store, then run again")
  }
}
