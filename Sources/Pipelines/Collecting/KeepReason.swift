/// Why a result stays in a store; of several reasons, the first of this list.
package enum KeepReason: Hashable, Sendable, CaseIterable {
  /// A living process looked it up or made it.
  case inUse
  case pinned
  /// It is a result of a definition that was run with the store, as it is now or was when it ran.
  case definition
  /// One of the last runs made or used it.
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
