import Diagnostics
import Digests
import Files
import Glibc
import Synchronization

/// A process's use of a store: other processes remove nothing that it looks up or makes meanwhile.
///
/// Its file in `uses` names the keys and objects, and counts as long as the process lives. The store's
/// gate is shared from a look-up until its note is written, and had alone while things are removed, so
/// that nothing is removed between a look-up and its note.
package final class StoreHold: Sendable {
  private struct State {
    var noted: Set<Digest> = []
    /// Digests noted but not yet written to the file.
    var unwritten: [Digest] = []
    /// How many look-ups are under way.
    var depth = 0
    /// Whether something could not be noted: nothing may be removed while this process lives.
    var hasFailed = false
  }

  private let store: ArtifactStore
  private let gate: StoreGate
  private let file: OpenFile
  private let state = Mutex(State())

  fileprivate init(of store: ArtifactStore) throws(Diagnostic) {
    self.store = store
    gate = try StoreGate(of: store)
    gate.share()
    file = try store.makeUseFile()
    gate.unshare()
  }

  deinit {
    if file.isStillInPlace { _ = file.files.remove(file.path) }
  }

  var path: String { file.path }

  /// Begins a look-up: nothing is removed until `leave` was called as often as `enter`.
  func enter() {
    state.withLock { state in
      if state.depth == 0 { gate.share() }
      state.depth += 1
    }
  }

  /// Keeps a key or an object from being removed; only between `enter` and `leave`.
  func note(_ digest: Digest) {
    state.withLock { state in
      if state.noted.insert(digest).inserted { state.unwritten.append(digest) }
    }
  }

  /// Ends a look-up; the end of the last one that is under way writes the notes of all.
  func leave() {
    state.withLock { state in
      state.depth -= 1
      guard state.depth == 0 else { return }
      if !state.unwritten.isEmpty {
        let lines = state.unwritten.map(UseNote.line).joined()
        state.hasFailed = state.hasFailed || (try? write(lines)) == nil
        state.unwritten = []
      }
      if !state.hasFailed { gate.unshare() }
    }
  }

  /// Writes notes so that whoever has the gate next sees them, on whichever machine.
  private func write(_ lines: String) throws(Diagnostic) {
    try file.write(lines.utf8.span)
    guard try store.lockKind() == .leases else { return }
    try file.synchronize()
    // A process that was halted for long is taken for ended, and its file is removed.
    guard file.isStillInPlace else { throw Diagnostic(.cannot("write", path, code: ENOENT)) }
  }

  package var hasFailed: Bool { state.withLock { $0.hasFailed } }
}

extension ArtifactStore {
  /// Keeps what is looked up and made from being removed, until the value goes away.
  package func hold() throws(Diagnostic) -> StoreHold {
    if let hold = currentHold.withLock({ $0.hold }) { return hold }
    let hold = try StoreHold(of: self)
    return currentHold.withLock { current in
      if let other = current.hold { return other }
      current.hold = hold
      return hold
    }
  }

  /// A hold for a command that only reads; nil when there is no store, or it cannot be written to.
  package func holdToRead() -> StoreHold? {
    (try? status(of: "\(root)/keys")) == nil ? nil : try? hold()
  }

  /// Does several look-ups, while nothing is removed.
  package func lookingUp<Result, Failure: Error>(
    _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let hold = currentHold.withLock { $0.hold }
    hold?.enter()
    defer { hold?.leave() }
    return try body()
  }

  fileprivate func makeUseFile() throws(Diagnostic) -> OpenFile {
    let folder = try folder("uses")
    for number in 1...Int.max {
      let path = try "\(folder)/\(ownName(number))"
      guard let file = try OpenFile(creating: path, in: files) else { continue }
      // Another process may have removed the file as a dead one's before it was locked.
      if file.lock(wait: false) != .busy, file.isStillInPlace { return file }
    }
    throw Diagnostic(.cannot("make a file in", folder, code: EEXIST))
  }
}

/// The hold a store has, while anyone keeps it.
struct CurrentHold {
  weak var hold: StoreHold?
}
