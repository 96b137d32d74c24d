import Diagnostics
import Digests
import Files

/// The removal of claims whose process ended before it could remove them.
extension ArtifactStore {
  /// Removes the folders of work that is recorded or had not begun.
  ///
  /// Their processes ended right after the record was made, or right around claiming the key.
  package func removeFinishedWork() {
    tidy("partial") { (name) throws(Diagnostic) in
      guard let key = Digest(hex: name), try isOver(workIn: partialFolder(key)),
        case .claimed(let claim) = try tryClaim(key, holder: "tidying up"),
        // Another process may have worked on the key before it was claimed here.
        try isOver(workIn: claim.folder)
      else { return }
      claim.finish()
    }
  }

  private func isOver(workIn folder: String) throws(Diagnostic) -> Bool {
    let names = try Folder.names(in: folder, in: files)
    guard !names.isEmpty, names != [KeyClaim.lockName] else { return true }
    guard let bytes = try bytes(of: "\(folder)/\(KeyClaim.keyName)"),
      let key = Digest(hex: String(decoding: bytes, as: UTF8.self)), let work = try work(for: key)
    else { return false }
    return work.evicted.isEmpty
  }
}
