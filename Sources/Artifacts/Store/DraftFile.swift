import Cores
import Diagnostics
import Digests
import Dispatch
import Files
import Synchronization

/// The file behind a draft, hashed and written on another thread than the one that makes its bytes.
///
/// A failure is thrown by a later call. In a durable store bytes go to the disk as they come, so that
/// little is left to wait for in the end.
final class DraftFile: Sendable {
  /// How many blocks may wait to be written, counted in pieces of so many bytes.
  private static let (waitingCount, pieceBytes) = (16, 256 << 10)
  /// After how many bytes the disk gets what was written, unless it is at it still.
  private static let synchronizedBytes = 4 << 20

  private struct State {
    var waiting: [[UInt8]] = []
    var failure: Diagnostic?
    /// How many bytes were written since the disk was last asked for them.
    var freshBytes = 0
    /// Whether the disk is waited for.
    var isSynchronizing = false
  }

  /// The parts of the file that have digests of their own.
  private struct Parts {
    /// Of the open part; nil between parts.
    var hash: BLAKE3?
    var digests: [Digest] = []
  }

  private let file: TemporaryFile
  private let state = Mutex(State())
  private let hash = Mutex(BLAKE3())
  private let parts = Mutex(Parts())
  private let writing = DispatchQueue(label: "writing of a draft")
  private let synchronizing = DispatchQueue(label: "synchronizing of a draft")
  private let room = DispatchSemaphore(value: waitingCount)

  init(_ file: consuming TemporaryFile) { self.file = file }

  /// Takes a block, to be written soon.
  ///
  /// Waits while too many are on their way.
  func writeLater(_ block: [UInt8]) throws(Diagnostic) {
    let pieceCount = min(Self.waitingCount, block.count / Self.pieceBytes + 1)
    for _ in 0..<pieceCount { room.wait() }
    state.withLock { $0.waiting.append(block) }
    writing.async { [self] in
      noting { () throws(Diagnostic) in try writeNext() }
      for _ in 0..<pieceCount { room.signal() }
    }
    try throwFailure()
  }

  private func writeNext() throws(Diagnostic) {
    let (block, hasFailed) = state.withLock { ($0.waiting.removeFirst(), $0.failure != nil) }
    guard !hasFailed else { return }
    try take(block.span, cores: 1)
    let isTime = state.withLock { state in
      guard !state.isSynchronizing, state.freshBytes >= Self.synchronizedBytes else {
        return false
      }
      (state.freshBytes, state.isSynchronizing) = (0, true)
      return true
    }
    guard isTime else { return }
    synchronizing.async { [self] in
      noting { () throws(Diagnostic) in try file.synchronize() }
      state.withLock { $0.isSynchronizing = false }
    }
  }

  /// Writes bytes behind all that were handed over, and returns when that is done.
  func write(_ bytes: Span<UInt8>) throws(Diagnostic) {
    writing.sync {}
    try throwFailure()
    try take(bytes, cores: availableCores())
  }

  /// Begins a part with the next block.
  func beginPart() { writing.async { [self] in parts.withLock { $0.hash = BLAKE3() } } }

  /// Ends the part with the last block.
  func endPart() {
    writing.async { [self] in
      parts.withLock { parts in
        if let digest = parts.hash?.finalize() { parts.digests.append(digest) }
        parts.hash = nil
      }
    }
  }

  /// The digests of the parts, once all blocks were written.
  var partDigests: [Digest] {
    writing.sync {}
    return parts.withLock { $0.digests }
  }

  private func take(_ bytes: Span<UInt8>, cores: Int) throws(Diagnostic) {
    hash.withLock { $0.update(bytes, cores: cores) }
    parts.withLock { $0.hash?.update(bytes, cores: cores) }
    try file.write(bytes)
    state.withLock { $0.freshBytes += bytes.count }
  }

  /// Keeps a failure, the first of several, for a call that can throw it.
  private func noting(_ body: () throws(Diagnostic) -> Void) {
    do throws(Diagnostic) { try body() } catch {
      state.withLock { $0.failure = $0.failure ?? error }
    }
  }

  private func throwFailure() throws(Diagnostic) {
    if let failure = state.withLock({ $0.failure }) { throw failure }
  }

  /// The digest of all bytes.
  var digest: Digest { hash.withLock { $0.finalize() } }

  /// Fixes the rights, waits for the disk in a durable store, and gives the file its name.
  func seal(as path: String) throws(Diagnostic) {
    try file.seal(mode: 0o444)
    // A disk that failed says so only once, perhaps to the other thread.
    synchronizing.sync {}
    try throwFailure()
    try file.rename(to: path)
  }

  /// Waits until nothing is done with the file; without a name of its own it goes with this value.
  func close() {
    writing.sync {}
    synchronizing.sync {}
  }
}
