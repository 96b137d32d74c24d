import Artifacts

#if canImport(Glibc)
  import Glibc
#endif

/// The keys that the stages of a plan had when they last ran well, by the stage's name.
///
/// They say what changed since, and which artifacts the definition or sweep keeps.
struct PreviousKeys {
  private let store: ArtifactStore
  private let root: String
  private var keys: [String: Digest]
  private var isChanged = false

  init(of plan: Plan, in store: ArtifactStore) {
    self.store = store
    root = Self.rootName(of: plan)
    keys = Self.keys(in: store.root(named: root) ?? "")
  }

  /// What the roots of all other definitions and sweeps keep.
  static func keptByOthers(than plan: Plan, in store: ArtifactStore) -> Set<Digest> {
    let own = rootName(of: plan)
    return Set(
      store.rootNames().filter { $0 != own }.flatMap { name in
        keys(in: store.root(named: name) ?? "").values
      })
  }

  private static func rootName(of plan: Plan) -> String {
    let part = plan.sweep.map { "\n\($0)" } ?? ""
    return BLAKE3.digest(of: canonical(plan.definition.path) + part).short
  }

  private static func keys(in text: String) -> [String: Digest] {
    var keys: [String: Digest] = [:]
    for line in text.utf8.split(separator: UInt8(ascii: "\n")) {
      let fields = line.split(separator: UInt8(ascii: "\t")).map { Substring($0) }
      if fields.count == 2, let digest = Digest(hex: fields[1]) { keys[String(fields[0])] = digest }
    }
    return keys
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
    store.setRoot(named: root, to: lines.joined())
    isChanged = false
  }

  /// The one path of a file that may be reached by several; as it is when there is no such file.
  private static func canonical(_ path: String) -> String {
    guard let bytes = unsafe realpath(path, nil) else { return path }
    defer { unsafe free(bytes) }
    return unsafe String(cString: bytes)
  }
}
