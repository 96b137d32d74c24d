import Artifacts
import Diagnostics
import Digests
import Formats
import Pipelines
import Reports

/// Results that `push` and `pull` copy from one store to another, and how it went.
struct WorkExchange {
  /// Where the results are and where they go.
  let (source, target): (ArtifactStore, ArtifactStore)
  /// Whether the results are the person's own, and so believed.
  let isOwn: Bool
  private var presentCount = 0
  private var missingCount = 0

  /// - Throws: when both are one store.
  init(from source: ArtifactStore, to target: ArtifactStore, isOwn: Bool) throws(Diagnostic) {
    self.source = source
    self.target = target
    self.isOwn = isOwn
    guard DefinitionRoot.canonical(source.root) != DefinitionRoot.canonical(target.root) else {
      throw Diagnostic(.oneStore(source.root))
    }
  }

  /// The other store that a word names: the folder of a store, or one that has a `.millrace`.
  static func otherStore(_ folder: String) -> ArtifactStore {
    let inside = ArtifactStore(
      root: "\(folder)/.millrace", trust: .ofEnvironment, locks: .ofEnvironment)
    return (try? inside.exists) == true
      ? inside : ArtifactStore(root: folder, trust: .ofEnvironment, locks: .ofEnvironment)
  }

  /// Copies the results of these keys; what the target has is left as it is.
  mutating func copy(
    _ keys: [Digest], until interruption: Interruption
  ) throws(Diagnostic) -> ExitCode {
    try whileHeld(until: interruption) { (exchange) throws(Diagnostic) in
      for key in keys {
        guard !interruption.isRequested else { return .stoppedAtCheckpoint }
        if let work = try exchange.target.ownWork(for: key), work.evicted.isEmpty {
          exchange.presentCount += 1
        } else if try !exchange.target.copy(key, from: exchange.source, isOwn: exchange.isOwn) {
          exchange.missingCount += 1
        }
      }
      return .fine
    }
  }

  /// Copies what a definition would find in the source, looking its stages up one after the other.
  ///
  /// The target must have the source as its cache.
  mutating func copy(
    stagesOf plan: Plan, _ wanted: Set<Int>, until interruption: Interruption
  ) throws(Diagnostic) -> ExitCode {
    try whileHeld(until: interruption) { (exchange) throws(Diagnostic) in
      let assessment = try Assessment(of: plan, in: exchange.target, only: wanted)
      let copied = exchange.target.copiedWork.keys
      for stage in assessment.stages where wanted.contains(stage.planned.index) {
        guard let key = stage.record?.key else {
          exchange.missingCount += 1
          continue
        }
        exchange.presentCount += copied.contains(key) ? 0 : 1
      }
      return .fine
    }
  }

  /// Copies while nothing of the target is removed.
  private mutating func whileHeld(
    until interruption: Interruption,
    _ copy: (inout Self) throws(Diagnostic) -> ExitCode
  ) throws(Diagnostic) -> ExitCode {
    let hold = try target.hold()
    defer { withExtendedLifetime(hold) {} }
    return try interruption.polled { () throws(Diagnostic) in try copy(&self) }
  }

  /// Says how it went.
  func show(isJSON: Bool) {
    let copied = target.copiedWork
    if isJSON {
      let json: JSONValue = [
        "copied": .integer(copied.keys.count), "present": .integer(presentCount),
        "missing": .integer(missingCount), "objects": .integer(copied.objectCount),
        "bytes": .integer(copied.byteCount),
      ]
      Terminal.output.line(json.pretty)
      return
    }
    var parts = [
      "\(Spelling.count(copied.keys.count, "result")) copied, \(Spelling.bytes(copied.byteCount))"
    ]
    if presentCount > 0 { parts.append("\(Spelling.count(presentCount)) there already") }
    if missingCount > 0 { parts.append("\(Spelling.count(missingCount)) not in \(source.root)") }
    Terminal.output.line(parts.joined(separator: "; "))
    target.showNotices()
  }
}

extension TrustKey {
  /// The key that `$MILLRACE_TRUST_KEY` holds; nil when it is not set.
  static var ofEnvironment: TrustKey? {
    Environment.value("MILLRACE_TRUST_KEY").map { TrustKey($0) }
  }
}

extension Diagnostic.Message {
  fileprivate static func oneStore(_ root: String) -> Self {
    Self(
      "'\(root)' is the store itself", remedy: "name another folder, or this one with --store")
  }

  static func nothingToExchange(_ word: String) -> Self {
    Self(
      "'\(word)' is neither a definition nor a pin",
      remedy: "name a .toml file, or a pin that `millrace pin` lists, or nothing for all results")
  }
}
