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
    guard let at = text.utf8.firstIndex(of: UInt8(ascii: "@")) else {
      self.init(text)
      return
    }
    self.init(String(text[..<at]), trial: String(text[text.utf8.index(after: at)...]))
  }

  /// `train`, or `train@3/2`.
  package var description: String { trial.map { "\(base)@\($0)" } ?? base }
}
