/// Why a result stays in a store; the first that holds counts.
package enum KeepReason: Hashable, Sendable, CaseIterable {
  /// A living process looked it up or made it.
  case inUse
  case pinned
  /// A definition that was run here gives it, now or when it last ran.
  case definition
  /// One of the last runs gave or used it.
  case lastRuns
  case recent
  /// Records are not to be removed.
  case record

  package var text: String {
    switch self {
    case .inUse: "in use by running processes"
    case .pinned: "pinned"
    case .definition: "results of definitions run here"
    case .lastRuns: "results of the last runs"
    case .recent: "too young"
    case .record: "without a reason but its record"
    }
  }
}
