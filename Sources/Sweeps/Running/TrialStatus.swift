import Artifacts
import Diagnostics
import Files
import Formats
import Pipelines

/// The status of one trial of a point.
package struct TrialStatus: Sendable {
  package enum State: Sendable {
    case done
    /// A stage failed; the log holds what it said before.
    case failed(stage: String, reason: String, log: String)
    case waiting
  }

  package let state: State
  /// The extent that it was run to; nil without halving.
  package let extent: Int?
  /// The records of its stages, by the names that the definition gives them.
  package let records: [String: Record]
  /// The scores of each stage that gives some.
  package let scores: [String: JSONValue]

  /// The number to rank it by; nil when there is none, or none that is finite.
  package func value(of objective: Objective) -> Double? {
    guard case .done = state, let value = scores[objective.stage]?[objective.score]?.doubleValue,
      value.isFinite
    else { return nil }
    return value
  }

  /// The seconds that its stages took when they ran.
  package var seconds: Double { records.values.reduce(0) { $0 + $1.seconds } }

  /// A trial that nothing is known of.
  static let unknown = TrialStatus(state: .waiting, extent: nil, records: [:], scores: [:])
}

extension SweepRung {
  /// The status of each trial, from what is in the store.
  func statuses(in store: ArtifactStore) throws(Diagnostic) -> [Int: TrialStatus] {
    let assessment = try Assessment(of: plan, in: store)
    var statuses: [Int: TrialStatus] = [:]
    for (trial, own) in zip(trials, stages) where statuses[trial] == nil {
      statuses[trial] = try status(of: own.map { assessment.stages[$0] }, in: store)
    }
    return statuses
  }

  private func status(
    of stages: [Assessment.Stage], in store: ArtifactStore
  ) throws(Diagnostic) -> TrialStatus {
    var records: [String: Record] = [:]
    var scores: [String: JSONValue] = [:]
    var state = TrialStatus.State.done
    for stage in stages {
      let name = stage.planned.baseName
      guard let record = stage.record else {
        if case .failed = state { continue }
        state = .waiting
        guard let key = stage.key,
          let left = try store.failure(of: stage.planned.claim(on: key))
        else { continue }
        state = .failed(stage: name, reason: left.failure, log: left.logPath)
        continue
      }
      records[name] = record
      scores[name] = try stage.planned.scores(of: record, in: store)
    }
    return TrialStatus(state: state, extent: extent, records: records, scores: scores)
  }
}

extension PlannedStage {
  /// The scores of a stage that scores, as one flat object; nil for other stages, and when damaged.
  ///
  /// - Throws: when it cannot be read.
  func scores(of record: Record, in store: ArtifactStore) throws(Diagnostic) -> JSONValue? {
    guard kind.role == .scores,
      let output = record.outputs.first(where: { $0.type == ArtifactType.scores.name }),
      try store.isIntact(output.digest)
    else { return nil }
    let bytes = try store.open(output.digest).contents
    return try? JSONValue(parsing: bytes, file: "scores of \(name)")
  }
}
