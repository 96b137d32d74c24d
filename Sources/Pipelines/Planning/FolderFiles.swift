import Digests

/// The files of a folder outside the store that a stage reads, one after the other.
package struct FolderFiles: Hashable, Sendable {
  package let folder: String
  /// In their order.
  package let names: [String]

  package init(folder: String, names: [String]) {
    self.folder = folder
    self.names = names
  }

  package var paths: [String] { names.map { "\(folder)/\($0)" } }

  /// What stands for the folder in a key: the digest of a line for each file, of its digest and name.
  func digest(_ digests: [Digest]) -> Digest {
    precondition(digests.count == names.count, "\(digests.count) digests of \(names.count) files")
    let lines = zip(digests, names).map { "\($0) \(StageKey.name($1))\n" }
    return BLAKE3.digest(of: lines.joined())
  }
}
