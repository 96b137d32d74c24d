import Diagnostics

/// How far a running stage is.
package struct StageProgress: Sendable {
  /// From 0 to 1; nil when the end is not known.
  package var fraction: Double?
  /// What has been done, in the stage's own units: `epoch 3/10 · loss 0.4120 · 1,204 rows/s`.
  package var text: String
  package var secondsLeft: Double?

  package init(fraction: Double? = nil, text: String, secondsLeft: Double? = nil) {
    self.fraction = fraction
    self.text = text
    self.secondsLeft = secondsLeft
  }
}

/// What happens during a run.
package enum RunEvent: Sendable {
  case started(stage: String)
  case progressed(stage: String, StageProgress)
  /// Something worth a line of its own, such as the end of an epoch.
  case said(stage: String, String)
  case ended(StageReport)
  case noticed(Diagnostic)
}

/// Is told what happens during a run, from several threads.
package protocol RunObserver: Sendable {
  func observe(_ event: RunEvent)
}
