import Artifacts
import Diagnostics

/// What came of computing a recorded stage again.
package enum RebuildOutcome: Sendable {
  /// Every output has the bytes that are recorded.
  case same
  case different([OutputDifference])
  /// The stage, or one before it, has no record.
  case unrecorded
  case failed(Diagnostic)
  case stopped
}

/// An output that has other bytes now than when it was recorded.
package struct OutputDifference: Hashable, Sendable {
  package let recorded: RecordedOutput
  /// What the stage gives now; nil when it no longer gives that output.
  package let computed: RecordedOutput?
  /// Nil when the recorded bytes are gone.
  package let difference: ContentDifference?
}
