import Artifacts
import Diagnostics
import Digests
import Formats

/// The results of a store that must stay, and the objects that must not be evicted either.
struct KeptWork {
  /// By key.
  private(set) var reasons: [Digest: KeepReason] = [:]
  /// Objects that must stay, by themselves and not because a record names them.
  private(set) var objects: [Digest: KeepReason] = [:]
  /// Objects that must not be evicted.
  private(set) var unevictable: Set<Digest> = []
  /// The journals that stay, by the run's name.
  private(set) var runs: Set<String> = []
  /// The stages that had a key, by their last name and definition.
  private(set) var names = WorkNames()
  /// The last result of each stage of a definition.
  private(set) var lastWork: [WorkNames.Name: Record] = [:]
  /// Roots of definitions that no longer exist.
  private(set) var goneRoots: [DefinitionRoot] = []

  private let store: ArtifactStore
  let policy: CollectionPolicy

  /// - Parameters:
  ///   - use: what living processes use.
  ///   - current: by path, the keys that definitions have now.
  init(
    in store: ArtifactStore, _ policy: CollectionPolicy, use: StoreUse,
    current: [String: [Digest]], now: Int64
  ) throws(Diagnostic) {
    self.store = store
    self.policy = policy
    for digest in use.digests {
      keepObject(digest, because: .inUse)
      try keepWhole(digest, because: .inUse)
    }
    for pin in try Pin.all(in: store) { try keep(pin) }
    for root in try DefinitionRoot.all(in: store) { try keep(root, current: current) }
    try keepRuns(use, now: now)
  }

  private mutating func keep(_ key: Digest, because reason: KeepReason) {
    if reasons[key] == nil { reasons[key] = reason }
  }

  private mutating func keepObject(_ digest: Digest, because reason: KeepReason) {
    if objects[digest] == nil { objects[digest] = reason }
    unevictable.insert(digest)
  }

  private mutating func keepWhole(
    _ key: Digest, because reason: KeepReason
  ) throws(Diagnostic) {
    guard let record = try store.storedRecord(key) else { return }
    keep(key, because: reason)
    unevictable.formUnion(record.outputs.map(\.digest))
  }

  private mutating func keep(_ pin: Pin) throws(Diagnostic) {
    for key in pin.keys { try keepWhole(key, because: .pinned) }
    for object in pin.objects { keepObject(object, because: .pinned) }
    runs.formUnion(pin.runs)
    for run in try store.runs() where pin.runs.contains(run.name) {
      for (_, key) in try run.work.results { try keepWhole(key, because: .pinned) }
    }
  }

  private mutating func keep(
    _ root: DefinitionRoot, current: [String: [Digest]]
  ) throws(Diagnostic) {
    guard !root.isGone else {
      goneRoots.append(root)
      return
    }
    names.add(root)
    for (stage, key) in root.keys {
      let name = WorkNames.Name(definition: root.path, stage: stage.description)
      lastWork[name] = try store.storedRecord(key) ?? lastWork[name]
    }
    try keepResults(root.keys.map(\.key))
    if let path = root.path, let keys = current[path] { try keepResults(keys) }
  }

  /// Keeps the work of one definition; outputs that none of its stages reads must not be evicted.
  private mutating func keepResults(_ keys: [Digest]) throws(Diagnostic) {
    var records: [Record] = []
    for key in keys {
      if let record = try store.storedRecord(key) { records.append(record) }
    }
    let read = Set(records.flatMap { StageKey.inputs(of: $0.keyText) })
    for record in records {
      keep(record.key, because: .definition)
      for output in record.outputs {
        let isLast = !read.contains(output.digest) && !policy.spareTypes.contains(output.type)
        if isLast || policy.resultTypes.contains(output.type) { unevictable.insert(output.digest) }
      }
    }
  }

  private mutating func keepRuns(_ use: StoreUse, now: Int64) throws(Diagnostic) {
    for (index, run) in try store.runs().enumerated() {
      let work = try run.work
      names.add(work)
      let isYoung = try run.modified.map { Double(now - $0) * 1e-9 < policy.seconds } ?? false
      let isHeld = isYoung || use.includes(run) || runs.contains(run.name)
      guard index < policy.runCount || isHeld else { continue }
      runs.insert(run.name)
      for (_, key) in work.results { keep(key, because: .lastRuns) }
    }
  }
}

extension StageKey {
  /// The artifacts and files that a key's text names.
  package static func inputs(of text: String) -> [Digest] {
    lines(of: text).compactMap { digest(in: $0.value) }
  }
}
