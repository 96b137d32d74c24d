import Artifacts
import Diagnostics

#if canImport(Glibc)
  import Glibc
#endif

/// A definition that was run with a store, and the keys its stages had when they last ran well.
package struct DefinitionRoot: Sendable {
  /// The root's name in the store.
  package let name: String
  /// The definition's file; nil in a root that an older program wrote.
  package let path: String?
  /// The machine that the path is one of.
  let host: String?
  package let keys: [(stage: String, key: Digest)]

  /// Reads a root's text: `definition<TAB>host<TAB>path`, then `stage<TAB>key` lines.
  init(name: String, text: String) {
    self.name = name
    var keys: [(stage: String, key: Digest)] = []
    var definition: (host: String, path: String)?
    for line in text.split(separator: "\n") {
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      if fields.count == 3, fields[0] == "definition" { definition = (fields[1], fields[2]) }
      if fields.count == 2, let key = Digest(hex: fields[1][...]) { keys.append((fields[0], key)) }
    }
    self.keys = keys
    host = definition?.host
    path = definition?.path
  }

  /// The first line of a root; nothing for a path that would not fit in a line.
  static func heading(of path: String) -> String {
    let isPlain = !path.contains("\n") && !path.contains("\t")
    return isPlain ? "definition\t\(Host.name)\t\(path)\n" : ""
  }

  /// Whether the definition was on this machine and is no more: it keeps nothing then.
  package var isGone: Bool {
    guard let path, host == Host.name else { return false }
    return unsafe access(path, F_OK) != 0 && errno == ENOENT
  }

  /// Every definition that was run with a store.
  ///
  /// - Throws: when one of them cannot be read.
  package static func all(in store: ArtifactStore) throws(Diagnostic) -> [DefinitionRoot] {
    var roots: [DefinitionRoot] = []
    for name in try store.rootNames() {
      guard let text = try store.root(named: name) else { continue }
      roots.append(DefinitionRoot(name: name, text: text))
    }
    return roots
  }
}
