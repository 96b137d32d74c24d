/// What a stage of a plan is called: by the definition and, where runs of a sweep differ, by the run.
package struct StageName: Hashable, Sendable, CustomStringConvertible {
  /// As the definition names it.
  package let base: String
  /// The run of a sweep that alone has the stage: `3`, or `3/2` at an extent of 2; nil for any other.
  package let trial: String?

  init(_ base: String, trial: String? = nil) {
    self.base = base
    self.trial = trial
  }

  /// Reads what `description` wrote.
  package init(written text: String) {
    let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    self.init(String(parts[0]), trial: parts.count > 1 ? String(parts[1]) : nil)
  }

  /// `train`, or `train@3/2`.
  package var description: String { trial.map { "\(base)@\($0)" } ?? base }
}
