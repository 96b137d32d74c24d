import Artifacts
import Diagnostics
import Digests
import Formats

/// What the journal of a run says of its results.
package struct RunWork: Sendable {
  /// The path of the definition that was run; nil where the journal does not say.
  package let definition: String?
  /// The stages that ran or were cached, with their keys.
  package let results: [(stage: String, key: Digest)]
}

extension PastRun {
  /// Its results, read out of its journal.
  package var work: RunWork {
    get throws(Diagnostic) {
      let events = try wholeEvents
      let start = events.first
      let results = events.compactMap { event -> (stage: String, key: Digest)? in
        guard event["event"]?.stringValue == "stage", let stage = event["stage"]?.stringValue,
          let state = event["state"]?.stringValue, ["ran", "cached"].contains(state),
          let key = event["key"]?.stringValue.flatMap({ Digest(hex: $0[...]) })
        else { return nil }
        return (stage, key)
      }
      return RunWork(
        definition: start?["path"]?.stringValue ?? start?["definition"]?.stringValue,
        results: results)
    }
  }
}
