import Diagnostics
import Digests
import Files
import Glibc
import Synchronization

/// The keys and objects of a store that other running processes use.
package struct StoreUse: Sendable {
  /// Keys and objects.
  package fileprivate(set) var digests: Set<Digest> = []
  /// The numbers of the processes.
  fileprivate var processes: Set<Substring> = []

  /// Whether the run may still be under way.
  package func includes(_ run: PastRun) -> Bool {
    let number = run.name.split(separator: "-").last?.prefix { $0 != "." }
    return number.map(processes.contains) ?? false
  }
}

extension ArtifactStore {
  /// What other running processes use.
  ///
  /// - Throws: when a note of use cannot be read.
  package func use() throws(Diagnostic) -> StoreUse { try use(removingDead: false) }

  /// - Parameter removingDead: whether files of processes that have died are removed.
  func use(removingDead: Bool) throws(Diagnostic) -> StoreUse {
    let own = currentHold.withLock { $0.hold?.path }
    var use = StoreUse()
    if removingDead { try refuseLink("\(root)/uses") }
    for name in try names(in: "uses") {
      let path = "\(root)/uses/\(name)"
      guard path != own, let file = try OpenFile(ifThere: path, for: .readOwn, in: files) else {
        continue
      }
      if try isLeftBehind(file) {
        if removingDead { _ = files.remove(path) }
        continue
      }
      if let process = name.split(separator: ".").first { use.processes.insert(process) }
      guard let noted = UseNote.digests(in: try bytes(of: path) ?? []) else {
        throw Diagnostic(.damagedUse(path))
      }
      use.digests.formUnion(noted)
    }
    return use
  }
}

extension Diagnostic.Message {
  fileprivate static func damagedUse(_ path: String) -> Self {
    Self(
      "'\(path)' is damaged: it says what a process that is under way uses of the store",
      remedy: "wait until that process has ended; its number is the start of the name")
  }
}
