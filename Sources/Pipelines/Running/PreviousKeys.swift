import Artifacts

#if canImport(Glibc)
  import Glibc
#endif

/// The keys that the stages of a definition had when they last ran well, by the stage's name.
///
/// They say what changed since, and which artifacts the definition keeps.
struct PreviousKeys {
  private let store: ArtifactStore
  private let root: String
  private let path: String
  private var keys: [String: Digest]
  private var isChanged = false

  init(of definition: Definition, in store: ArtifactStore) {
    self.store = store
    path = Self.canonical(definition.path)
    root = BLAKE3.digest(of: path).short
    keys = [:]
    for line in (store.root(named: root) ?? "").utf8.split(separator: UInt8(ascii: "\n")) {
      let fields = line.split(separator: UInt8(ascii: "\t")).map { Substring($0) }
      if fields.count == 2, let digest = Digest(hex: fields[1]) { keys[String(fields[0])] = digest }
    }
  }

  subscript(stage: String) -> Digest? {
    get { keys[stage] }
    set {
      isChanged = isChanged || keys[stage] != newValue
      keys[stage] = newValue
    }
  }

  var all: [Digest] { keys.sorted { $0.key < $1.key }.map(\.value) }

  /// Writes the keys back if any changed; losing them costs explanations only.
  mutating func save() {
    guard isChanged else { return }
    let lines = keys.sorted { $0.key < $1.key }.map { "\($0.key)\t\($0.value)\n" }
    store.setRoot(named: root, to: DefinitionRoot.heading(of: path) + lines.joined())
    isChanged = false
  }

  /// The one path of a file that may be reached by several; as it is when there is no such file.
  private static func canonical(_ path: String) -> String {
    guard let bytes = unsafe realpath(path, nil) else { return path }
    defer { unsafe free(bytes) }
    return unsafe String(cString: bytes)
  }
}
