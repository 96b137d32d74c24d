import Diagnostics

/// Why a stage would run.
package enum Cause: Sendable {
  /// The stage has no earlier result to compare with.
  case neverRan
  /// A line of the key differs from the last result's.
  case changed(name: String, old: String?, new: String?, place: Place?)
  /// A file outside the store has other bytes.
  case fileChanged(path: String)
  /// A file outside the store cannot be read.
  case unreadable(Diagnostic)
  /// Another stage gave other bytes than before.
  case inputChanged(name: String, stage: String)
  /// The key is that of the last result, but the result is no longer in the store.
  case lost
  /// Its outputs were given up to make room, and a stage that would run reads them.
  case evicted(ports: [String], neededBy: String)
  /// A stage before this one would run, and may give other bytes.
  case waitsFor(stage: String)

  package var text: String {
    switch self {
    case .neverRan: "has not run yet"
    case .changed(let name, let old, let new, _):
      "\(name)  \(old.map(Self.short) ?? "(unset)") → \(new.map(Self.short) ?? "(unset)")"
    case .fileChanged(let path): "\(path) has changed"
    case .unreadable(let problem): problem.message.problem
    case .inputChanged(let name, let stage): "\(stage) gave other bytes (\(name))"
    case .lost: "its result is no longer in the store"
    case .evicted(let ports, let stage):
      "\(stage) needs \(ports.joined(separator: ", ")), which \(ports.count == 1 ? "was" : "were") evicted"
    case .waitsFor(let stage): "after \(stage)"
    }
  }

  /// The cause with its stage: `vocabulary.size  8000 → 16000`, `load has not run yet`.
  package func described(for stage: String) -> String {
    if case .changed = self { return "\(stage).\(text)" }
    return "\(stage)  \(text)"
  }

  package var place: Place? {
    switch self {
    case .changed(_, _, _, let place): place
    case .unreadable(let problem): problem.place
    default: nil
    }
  }

  /// Whether the cause lies in this stage itself and not in one before it.
  package var isRoot: Bool {
    switch self {
    case .waitsFor, .inputChanged, .evicted: false
    default: true
    }
  }

  /// Digests are shown by their first letters.
  private static func short(_ value: String) -> String {
    value.hasPrefix("b3:") ? String(value.prefix(15)) + "…" : value
  }
}
