import Artifacts
import Chains
import Diagnostics
import Pages
import Pipelines
import Stages
import Views

/// A stage's last result, to be shown.
struct ShownStage {
  let planned: PlannedStage
  let record: Record
  /// Whether a run would use it; if not, the definition has changed since.
  private let isCurrent: Bool
  private let file: String
  /// The path of its outputs' rows back to their files.
  private let path: RowPath

  /// The record that a run would use, or else the stage's last one; nil without any.
  init?(
    _ stage: Assessment.Stage, in assessment: Assessment, _ store: ArtifactStore
  ) throws(Diagnostic) {
    planned = stage.planned
    isCurrent = stage.record != nil
    file = assessment.plan.definition.path
    if let record = stage.record {
      self.record = record
    } else if let record = try assessment.previousRecord(of: stage.planned.name, in: store) {
      self.record = record
    } else {
      return nil
    }
    var records = assessment.stages.map(\.record)
    records[planned.index] = record
    path = RowPath(through: assessment.plan.stages, records, in: store)
  }

  /// The last result of a stage.
  ///
  /// - Throws: when there is no such stage, or it never ran.
  init(
    named name: String, in assessment: Assessment, _ store: ArtifactStore,
    _ arguments: ParsedArguments
  ) throws(Diagnostic) {
    _ = try assessment.plan.cone(of: [name])
    guard let stage = assessment[name],
      let shown = try ShownStage(stage, in: assessment, store)
    else {
      let command = arguments.next(RunPipeline.self, assessment.plan.definition.path, name)
      throw Diagnostic(.noResult(name, command))
    }
    self = shown
  }

  /// The note for a result that is not up to date; nil for one that is.
  ///
  /// - Parameter arguments: those the definition was opened with, which the suggested command repeats.
  func note(_ arguments: ParsedArguments) -> String? {
    guard !isCurrent else { return nil }
    return "note: '\(planned.name)' is not up to date, this is its last result; "
      + "`\(arguments.next(Explain.self, file, planned.name))` says why"
  }

  /// The output of that port.
  ///
  /// - Throws: when the stage has none of that name.
  func output(_ port: String) throws(Diagnostic) -> RecordedOutput {
    guard let output = record.output(port) else {
      throw Diagnostic(.noPort(port, of: planned.name, among: record.outputs.map(\.port)))
    }
    return output
  }

  /// The main output: the scores, or the only output; nil when there are several others.
  var mainOutput: RecordedOutput? {
    record.output(holding: .scores)
      ?? (record.outputs.count == 1 ? record.outputs[0] : nil)
  }

  func view(
    of output: RecordedOutput, in store: ArtifactStore, _ selection: RowSelection = RowSelection()
  ) throws(Diagnostic) -> any ArtifactView {
    let node = RowPath.Node(stage: planned.index, port: output.port)
    return try ArtifactViews.view(
      of: ShownArtifact(
        output, of: record, by: planned.stage, in: store, selection,
        origins: ShownOrigins(of: node, on: path)))
  }

  /// The texts that parts of a split share; nil for other stages, and when the parts are evicted.
  func sharedTexts(in store: ArtifactStore) throws(Diagnostic) -> SharedTexts? {
    guard planned.kind.role == .divides else { return nil }
    for output in record.outputs {
      if try store.isEvicted(output.digest) { return nil }
    }
    return try SharedTexts(among: record.outputs, in: store)
  }

  /// The outputs, among the last results of a definition, whose digests have a prefix.
  static func outputs(
    withDigest prefix: DigestPrefix, in assessment: Assessment, _ store: ArtifactStore
  ) throws(Diagnostic) -> [(stage: ShownStage, output: RecordedOutput)] {
    var found: [(stage: ShownStage, output: RecordedOutput)] = []
    for stage in assessment.stages {
      guard let shown = try ShownStage(stage, in: assessment, store) else { continue }
      found += shown.record.outputs.filter { prefix.fits($0.digest) }.map { (shown, $0) }
    }
    return found
  }
}

extension Assessment {
  /// Every stage with its last result, even if the definition has changed since.
  func reportedStages(in store: ArtifactStore) throws(Diagnostic) -> [ReportedStage] {
    try stages.map { (stage) throws(Diagnostic) in
      ReportedStage(
        stage.planned, stage.state, try ShownStage(stage, in: self, store)?.record)
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func noResult(_ stage: String, _ command: String) -> Self {
    Self("'\(stage)' has no result yet", remedy: "run `\(command)` first")
  }

  fileprivate static func noPort(_ port: String, of stage: String, among names: [String]) -> Self {
    Self(
      "'\(stage)' has no output '\(port)'\(Suggestion.ending(for: port, among: names))",
      remedy: "it has \(names.joined(separator: ", "))")
  }
}
