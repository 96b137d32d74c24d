import Artifacts
import Diagnostics
import Digests

/// How a stage ended in a run.
package struct StageReport: Sendable {
  package enum Outcome: Sendable {
    /// The record was there; the text says why, where a stage before it ran.
    case cached(String?)
    case ran
    case failed(Diagnostic)
    /// Not run, because the named stage did not end well.
    case blocked(by: String)
    case stopped
  }

  package let stage: String
  /// The run of a sweep that alone has the stage; nil for one that all have.
  package let trial: String?
  package let outcome: Outcome
  /// Nil where it was not found out, or the record alone is known.
  package let key: StageKey?
  /// What was recorded; nil when nothing was.
  package let record: Record?
  package let seconds: Double

  package var keyDigest: Digest? { key?.digest ?? record?.key }

  /// A few words on the result: `6,000 rows`.
  package var summary: String { record?.summary ?? "" }

  /// The rows that the stage computed, where it ran now and used what was known of the others.
  package var computedRows: ComputedRows? {
    if case .ran = outcome { record?.computedRows } else { nil }
  }
}

/// How a whole run ended.
package struct RunReport: Sendable {
  package let stages: [StageReport]
  package let seconds: Double

  package var ran: Int { count { if case .ran = $0 { true } else { false } } }
  package var cached: Int { count { if case .cached = $0 { true } else { false } } }
  package var failed: Int { count { if case .failed = $0 { true } else { false } } }
  package var stopped: Int { count { if case .stopped = $0 { true } else { false } } }

  /// The seconds that cached stages took when they ran.
  package var savedSeconds: Double {
    stages.reduce(0) { sum, stage in
      if case .cached = stage.outcome { sum + (stage.record?.seconds ?? 0) } else { sum }
    }
  }

  private func count(_ isCounted: (StageReport.Outcome) -> Bool) -> Int {
    stages.count { isCounted($0.outcome) }
  }
}
