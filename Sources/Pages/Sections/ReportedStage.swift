import Artifacts
import Chains
import Diagnostics
import Formats
import Pipelines
import Views

/// A stage of a pipeline with its last result, for drawings and reports.
package struct ReportedStage: Sendable {
  package let planned: PlannedStage
  package let state: Assessment.State
  /// The record that a run would use, else the last one; nil when there is none.
  package let record: Record?

  package init(_ planned: PlannedStage, _ state: Assessment.State, _ record: Record?) {
    self.planned = planned
    self.state = state
    self.record = record
  }

  package var name: String { planned.name }

  /// The first output that holds it.
  package func output(_ content: ArtifactContent) -> RecordedOutput? {
    record?.output(holding: content)
  }

  /// An output as `show --json` prints it, so that reports show the same numbers.
  ///
  /// - Throws: when the artifact is gone or damaged.
  package func json(_ output: RecordedOutput, in store: ArtifactStore) throws(Diagnostic)
    -> JSONValue
  {
    guard let record else { preconditionFailure("an output of '\(name)', which has no record") }
    return try ArtifactViews.view(
      of: ShownArtifact(output, of: record, by: planned.stage, in: store)
    ).json
  }

  /// What the stage noted about its work.
  var facts: JSONValue { .object(record?.facts ?? []) }

  /// A line of the key, without the name.
  func keyValue(_ name: String) -> String? {
    record?.keyValue(name)
  }
}

extension PlannedStage {
  /// The name, with the kind where that is another.
  package var caption: String { name == kind.kind ? name : "\(name) (\(kind.kind))" }
}
