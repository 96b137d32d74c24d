import Artifacts
import Diagnostics
import Digests
import Files

/// The right to submit jobs for the stages of a store, which one process has at a time.
///
/// Who has it looks through the queue, takes over what lives and submits the rest, so that no stage is
/// submitted twice. It ends with the process.
struct SubmissionTurn: Sendable {
  private static let key = BLAKE3.digest(of: "the right to submit jobs")

  private let claim: KeyClaim

  /// Nil while another process has it.
  ///
  /// - Throws: when the store cannot be written to.
  init?(in store: ArtifactStore) throws(Diagnostic) {
    guard case .claimed(let claim) = try store.tryClaim(Self.key, holder: Self.holder) else {
      return nil
    }
    self.claim = claim
  }

  /// Waits while another process has it; nil when that was given up.
  ///
  /// - Parameter isWanted: asked now and then whether to wait any longer.
  init?(in store: ArtifactStore, whileWanted isWanted: () -> Bool) throws(Diagnostic) {
    guard
      let claim = try store.claim(Self.key, holder: Self.holder, whileHeld: { _ in isWanted() })
    else { return nil }
    self.claim = claim
  }

  /// Whether a process has it, this one or another.
  static func isTaken(in store: ArtifactStore) -> Bool { store.isClaimed(key) }

  private static var holder: String { "process \(Host.processNumber) on \(Host.name)" }
}
