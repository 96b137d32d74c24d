import Diagnostics
import Digests
import Files

/// The end of claims whose process ended before it could give them back.
extension ArtifactStore {
  /// Removes what is left of work whose record is there, or that had not begun: its process ended
  /// right after the record, or right before or after it claimed the key.
  package func removeFinishedWork() {
    tidy("partial") { (name) throws(Diagnostic) in
      guard let key = Digest(hex: name), try isOver(workIn: partialFolder(key)),
        case .claimed(let claim) = try tryClaim(key, holder: "tidying up"),
        // Another process may have had it in between.
        try isOver(workIn: claim.folder)
      else { return }
      claim.finish()
    }
  }

  private func isOver(workIn folder: String) throws(Diagnostic) -> Bool {
    let names = try Folder.names(in: folder)
    guard !names.isEmpty, names != [KeyClaim.lockName] else { return true }
    guard let bytes = try FileBytes.read("\(folder)/\(KeyClaim.keyName)"),
      let key = Digest(hex: String(decoding: bytes, as: UTF8.self)), let work = try work(for: key)
    else { return false }
    return work.evicted.isEmpty
  }
}
