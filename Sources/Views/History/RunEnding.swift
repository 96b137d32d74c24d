import Formats

/// How a run came out, as its journals tell.
package struct RunEnding: Hashable, Sendable {
  package let ran: Int
  package let cached: Int
  package let stopped: Int
  /// The stages that failed.
  package let failed: [String]
  /// How long it took; of a run that did not come to its end, what is known.
  package let seconds: Double
  /// Whether every journal ends as a run does: otherwise it is under way, or was killed.
  package let isKnown: Bool

  /// - Parameters:
  ///   - endings: the last events of its journals.
  ///   - count: how many journals there are.
  init(_ endings: [JSONValue], of count: Int, failed: [String]) {
    func sum(_ name: String) -> Int { endings.reduce(0) { $0 + ($1[name]?.intValue ?? 0) } }
    ran = sum("ran")
    cached = sum("cached")
    stopped = sum("stopped")
    self.failed = failed
    seconds = endings.reduce(0) { $0 + ($1["seconds"]?.doubleValue ?? 0) }
    isKnown = endings.count == count
  }

  /// In a few words: `3 ran, 2 cached`, `nothing to do`, `failed: train`, `stopped`, `unfinished`.
  package var words: String {
    if !failed.isEmpty {
      let named = failed.prefix(2).joined(separator: ", ")
      return "failed: \(named)" + (failed.count > 2 ? " and \(failed.count - 2) more" : "")
    }
    guard isKnown else { return "unfinished" }
    if stopped > 0 { return "stopped" }
    return ran == 0 ? "nothing to do" : "\(ran) ran, \(cached) cached"
  }
}
