import Diagnostics
import Digests
import Files
import Glibc
import Synchronization

/// A process's notice that it uses a store: what it looks up or makes meanwhile is not removed.
///
/// Its file in `uses` is locked as long as the process lives, and names the keys and objects. The
/// store's `lock` is shared while something is looked up and noted, and taken alone to remove
/// things, so that nothing can be removed between the two.
package final class StoreHold: Sendable {
  private struct State {
    var noted: Set<Digest> = []
    /// Noted, but not yet in the file.
    var unwritten: [Digest] = []
    /// How many look-ups are under way.
    var depth = 0
    /// Whether something could not be noted: nothing may be removed while this process lives.
    var hasFailed = false
  }

  private let store: ArtifactStore
  /// Shared by look-ups, alone for removals.
  private let gate: OpenFile
  private let file: OpenFile
  private let state = Mutex(State())

  fileprivate init(of store: ArtifactStore) throws(Diagnostic) {
    self.store = store
    gate = try store.gate()
    if gate.lock(shared: true, wait: true) != .locked {
      store.notice(.locksUnsupported(store.root))
    }
    file = try store.makeUseFile()
    gate.unlock()
  }

  deinit {
    if file.isStillInPlace { _ = unsafe unlink(file.path) }
  }

  var path: String { file.path }

  /// Keeps removals away until as many calls of `leave`.
  func enter() {
    state.withLock { state in
      if state.depth == 0 { _ = gate.lock(shared: true, wait: true) }
      state.depth += 1
    }
  }

  /// Keeps a key or an object from being removed; only between `enter` and `leave`.
  func note(_ digest: Digest) {
    state.withLock { state in
      if state.noted.insert(digest).inserted { state.unwritten.append(digest) }
    }
  }

  func leave() {
    state.withLock { state in
      state.depth -= 1
      if !state.unwritten.isEmpty {
        let lines = state.unwritten.map(UseNote.line).joined()
        state.hasFailed = state.hasFailed || (try? file.write(lines.utf8.span)) == nil
        state.unwritten = []
      }
      if state.depth == 0, !state.hasFailed { gate.unlock() }
    }
  }

  var hasFailed: Bool { state.withLock { $0.hasFailed } }
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

  /// The same for a command that only reads; nil when there is no store, or it cannot be written to.
  package func holdToRead() -> StoreHold? {
    (try? FileStatus(ofPath: "\(root)/keys")) == nil ? nil : try? hold()
  }

  /// Does look-ups together: nothing that the first finds is removed before the last.
  package func lookingUp<Result, Failure: Error>(
    _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let hold = currentHold.withLock { $0.hold }
    hold?.enter()
    defer { hold?.leave() }
    return try body()
  }

  func gate() throws(Diagnostic) -> OpenFile {
    _ = try folder("tmp")
    return try OpenFile("\(root)/lock", for: .lock)
  }

  fileprivate func makeUseFile() throws(Diagnostic) -> OpenFile {
    let folder = try folder("uses")
    for number in 1...Int.max {
      let path = "\(folder)/\(getpid()).\(number)"
      guard let file = try OpenFile(creating: path) else { continue }
      // A sweep may have found the file between its making and its locking.
      if file.lock(wait: false) != .busy, file.isStillInPlace { return file }
    }
    throw Diagnostic(.cannot("make a file in", folder, code: EEXIST))
  }
}

/// The hold a store has, while anyone keeps it.
struct CurrentHold {
  weak var hold: StoreHold?
}
