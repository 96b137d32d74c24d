import Artifacts
import Diagnostics
import Digests
import Files

extension ArtifactStore {
  /// Removes an order, and what was written of how the work on it ended.
  package func removeOrder(on key: Digest) {
    removeOrder(named: "\(key)")
    removeOrder(named: WrittenEnding.name(of: key))
  }

  /// Removes what ended processes left: drafts, notes of use, and work and orders that have records.
  func removeLeftBehind() {
    sweepTemporaryFiles()
    removeFinishedWork()
    removeFinishedOrders()
  }

  /// Removes the orders whose keys have records.
  ///
  /// What cannot be read stays, as nothing rests on it.
  package func removeFinishedOrders() {
    for name in (try? orderNames()) ?? [] {
      guard let key = Digest(hex: name), (try? work(for: key)) != nil else { continue }
      removeOrder(on: key)
    }
  }
}
