import Diagnostics
import Glibc

/// A lock on a whole store, shared by runs or alone for collecting garbage; freed with the value.
package final class StoreHold: Sendable {
  private let file: OpenFile

  fileprivate init(_ file: consuming OpenFile) { self.file = file }
}

extension ArtifactStore {
  /// Keeps garbage collection away while a run lasts; waits for one under way.
  package func hold() throws(Diagnostic) -> StoreHold {
    let file = try lockFile()
    if file.lock(shared: true, wait: true) != .locked { notice(.locksUnsupported(root)) }
    return StoreHold(file)
  }

  /// Keeps every run away; nil while one lasts.
  package func holdExclusively() throws(Diagnostic) -> StoreHold? {
    let file = try lockFile()
    switch file.lock(wait: false) {
    case .busy: return nil
    case .unsupported: notice(.locksUnsupported(root))
    case .locked: break
    }
    return StoreHold(file)
  }

  private func lockFile() throws(Diagnostic) -> OpenFile {
    _ = try folder("tmp")
    return try OpenFile("\(root)/lock", for: .lock)
  }
}
