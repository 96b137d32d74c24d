import Diagnostics
import Digests
import Files
import Glibc

/// The right to work on one key: while it lives, other processes wait.
///
/// The kernel frees it when the process ends, however it ends. The folder stays for the next
/// attempt, unless the work was finished.
package final class KeyClaim: Sendable {
  /// Where checkpoints and the log of the work lie.
  package let folder: String
  private let file: OpenFile
  var files: any FileSystem { file.files }

  fileprivate init(folder: String, file: consuming OpenFile) {
    self.folder = folder
    self.file = file
  }

  deinit {
    // Nothing but the lock is left, so no attempt needs the folder.
    if (try? Folder.names(in: folder, in: files)) == [Self.lockName] { removeLock() }
  }

  /// Notes which of the keys that are claimed together is being worked on.
  package func begin(_ key: Digest) throws(Diagnostic) {
    try OpenFile("\(folder)/\(Self.keyName)", for: .replace, in: files)
      .write(key.description.utf8.span)
  }

  static let lockName = "lock"
  static let keyName = "key"

  /// Removes the folder: the work is recorded, nothing is left to continue.
  package func finish() {
    for name in (try? Folder.names(in: folder, in: files)) ?? []
    where name != Self.lockName && name != Self.keyName {
      let entry = "\(folder)/\(name)"
      if !files.remove(entry) { Folder.remove(entry, in: files) }
    }
    _ = files.remove("\(folder)/\(Self.keyName)")
    removeLock()
  }

  private func removeLock() {
    if file.isStillInPlace { _ = files.remove(file.path) }
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
      guard let file = try OpenFile(ifThere: path, for: .lock, in: files) else {
        // The holder finished and removed the folder between the two calls.
        continue
      }
      switch file.lock(wait: false) {
      case .busy:
        // The holder's text is only shown, so a failure to read it does not matter.
        let text = (try? FileBytes.read(file.path, limit: 4096, in: files)).map {
          String(decoding: $0, as: UTF8.self)
        }
        return .held(by: text ?? "")
      case .unsupported: notice(.locksUnsupported(root))
      case .locked: break
      }
      // The holder may have finished after the file was opened: this lock is then on a removed file.
      guard file.isStillInPlace else { continue }
      try file.truncate()
      try file.write(holder.utf8.span)
      return .claimed(KeyClaim(folder: folder, file: file))
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

  static func locksUnsupported(_ root: String) -> Self {
    Self(
      "the file system of '\(root)' has no locks; two runs at once may do the same work twice",
      remedy: "nothing: results are right either way")
  }
}
