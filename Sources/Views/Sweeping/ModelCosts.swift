import Artifacts
import Chains
import Diagnostics
import Formats
import Pipelines
import Reports
import Stages
import Sweeps

/// What the models of a point cost, as means over its trials.
package struct ModelCosts: Sendable {
  /// How long training took, by the clock.
  package let trainingSeconds: Double?
  /// What a model takes on the disk.
  package let byteCount: Double?
  /// How many rows the stage that ranks points was answered in a second.
  package let rowsPerSecond: Double?

  /// - Parameters:
  ///   - learning: the stages that train.
  ///   - scoring: the stage that ranks points.
  init(_ trials: [TrialStatus], learning: [String], scoring: String) {
    func mean(_ value: (TrialStatus) -> Double?) -> Double? {
      let values = trials.compactMap(value)
      return values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }
    func sum(_ trial: TrialStatus, _ value: (Record) -> Double) -> Double? {
      let records = learning.compactMap { trial.records[$0] }
      return records.isEmpty ? nil : records.reduce(0) { $0 + value($1) }
    }
    trainingSeconds = mean { sum($0, \.seconds) }
    byteCount = mean { trial in
      sum(trial) { record in
        let models = record.outputs.filter { $0.type == ArtifactType.model.name }
        return Double(models.reduce(0) { $0 + $1.byteCount })
      }
    }
    rowsPerSecond = mean { trial in
      trial.records[scoring]?.facts.first { $0.name == AnswerSpeed.fact }?.value.doubleValue
    }
  }

  /// For programs; what is not known is left out.
  var json: [JSONValue.Member] {
    [
      trainingSeconds.map { .init("training-seconds", .number($0)) },
      rowsPerSecond.map { .init("rows-per-second", .number($0)) },
      byteCount.map { .init("model-bytes", .number($0)) },
    ].compactMap(\.self)
  }

  /// The titles of the columns of a table, and what stands in them.
  static let columns: [(title: String, cell: @Sendable (ModelCosts) -> String)] = [
    ("trained in", { $0.trainingSeconds.map { Spelling.duration($0) } ?? "" }),
    ("rows/s", { $0.rowsPerSecond.map { Spelling.count(Int($0)) } ?? "" }),
    ("model", { $0.byteCount.map { Spelling.bytes(Int($0)) } ?? "" }),
  ]
}

extension SweepTable {
  /// Whether points train different kinds of models, so that the table says what those cost.
  var hasCosts: Bool {
    status.plan.sweep.optionNames.contains { name in
      learning.contains { name == "\($0).\(ModelCosts.modelOption)" }
    }
  }

  func costs(of row: Row) -> ModelCosts {
    ModelCosts(
      row.point.trials, learning: learning, scoring: status.plan.objective.stage)
  }

  private var learning: [String] {
    status.plan.base.stages.filter { $0.kind.role == .learns }.map(\.name)
  }
}

extension ModelCosts {
  /// The option of a stage that learns which says what kind of model it trains.
  static let modelOption = "model"
}
