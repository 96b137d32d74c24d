import Artifacts
import Diagnostics
import Digests
import Files
import Glibc

/// A definition that was run with a store, and the keys its stages had when they last ran well.
package struct DefinitionRoot: Sendable {
  /// The root's name in the store.
  package let name: String
  /// The definition's file; nil in a root that an older program wrote.
  package let path: String?
  /// The machine that the path is one of.
  let host: String?
  package let keys: [(stage: StageName, key: Digest)]
  /// How often test scores were shown that the definition keeps for the end.
  let lookCount: Int

  /// Reads a root's text: `definition<TAB>host<TAB>path`, then `stage<TAB>key` lines, and where test
  /// scores that were kept for the end have been shown, `looks<TAB>times`.
  ///
  /// Nil when a line of it means nothing.
  init?(name: String, _ text: StoredText) {
    guard case .whole(let text, _) = text else { return nil }
    self.name = name
    var keys: [(stage: StageName, key: Digest)] = []
    var lookCount = 0
    var definition: (host: String, path: String)?
    for line in text.utf8.split(separator: UInt8(ascii: "\n")) {
      let fields = line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
        .map { Substring($0) }
      if fields.count == 2, let key = Digest(hex: fields[1]) {
        keys.append((StageName(written: String(fields[0])), key))
      } else if fields.count == 3, fields[0] == "definition" {
        definition = (String(fields[1]), String(fields[2]))
      } else if fields.count == 2, fields[0] == Self.looks, let count = Int(fields[1]) {
        lookCount = count
      } else {
        return nil
      }
    }
    self.keys = keys
    self.lookCount = lookCount
    host = definition?.host
    path = definition?.path
  }

  /// The first line of a root; nothing for a path that would not fit in a line.
  static func heading(of path: String) -> String {
    let isPlain = !path.contains("\n") && !path.contains("\t")
    return isPlain ? "definition\t\(Host.name)\t\(path)\n" : ""
  }

  private static let looks = "looks"

  /// The line of a root that counts looks at test scores; nothing without any.
  static func line(ofLooks count: Int) -> String { count > 0 ? "\(looks)\t\(count)\n" : "" }

  /// The path without links of a file; the path as given when there is no such file.
  package static func canonical(_ path: String) -> String {
    guard let bytes = unsafe realpath(path, nil) else { return path }
    defer { unsafe free(bytes) }
    return unsafe String(cString: bytes)
  }

  /// Whether the definition was on this machine and no longer exists, so that it keeps nothing.
  package var isGone: Bool {
    guard let path, host == Host.name else { return false }
    return unsafe access(path, F_OK) != 0 && errno == ENOENT
  }

  /// Every definition that was run with a store.
  ///
  /// - Throws: when one of them cannot be read.
  package static func all(
    in store: ArtifactStore, but other: String? = nil
  ) throws(Diagnostic) -> [DefinitionRoot] {
    var roots: [DefinitionRoot] = []
    for name in try store.rootNames() where name != other {
      if let root = try DefinitionRoot(named: name, in: store) { roots.append(root) }
    }
    return roots
  }

  /// The root of that name; nil when there is none.
  ///
  /// - Throws: when it cannot be read, or is damaged.
  init?(named name: String, in store: ArtifactStore) throws(Diagnostic) {
    guard let text = try store.root(named: name) else { return nil }
    guard let root = DefinitionRoot(name: name, text) else {
      throw Diagnostic(.damagedRoot(name, text, in: store))
    }
    self = root
  }
}

extension Diagnostic.Message {
  static func damagedRoot(_ name: String, _ text: StoredText, in store: ArtifactStore) -> Self {
    let file = "\(store.root)/roots/\(name)"
    let text =
      switch text {
      case .whole(let text, _), .damaged(let text): text
      }
    let fields = text.split(separator: "\n").lazy.map { $0.split(separator: "\t") }
    let definition = fields.first { $0.count == 3 && $0[0] == "definition" }.map { String($0[2]) }
    let name = definition.map { "'\($0)'" } ?? "a definition"
    return Self(
      "'\(file)' is damaged, so that the last results of \(name) are not known",
      remedy: "run \(definition == nil ? "that definition" : "it") again, or remove the file if"
        + " its results need not stay")
  }
}
