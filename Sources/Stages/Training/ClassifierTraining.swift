import Datasets
import Diagnostics
import Metrics
import Models
import Pipelines
import Training

/// Trains an LSTM classifier.
struct ClassifierTraining: ModelTraining {
  private enum ClassWeights: String, CaseIterable {
    case none, balanced
  }

  private let model: LSTMClassifierOptions
  private let classWeights: ClassWeights
  let options: TrainingOptions
  let metrics = Metric.ofClasses

  init(from options: inout StageOptions) {
    model = LSTMClassifierOptions(from: &options)
    self.options = TrainingOptions(from: &options, defaults: .classifier)
    classWeights = options.choice(
      "class-weights", default: .none,
      "balanced lets a row of a rare class count for more: rows / (classes × rows of its class)")
  }

  func run(_ training: StagedTraining) throws(Diagnostic) -> StageOutcome {
    let rows = try training.rows()
    guard !rows.classNames.isEmpty else { throw Diagnostic(.noLabels("\(training.from.source)")) }
    let validRows = try training.validRows()
    let column = rows.columns[0]
    var configuration = model.configuration(
      vocabularySize: column.vocabularySize, classCount: rows.classNames.count)
    configuration.padding = Int(column.padding)
    let classifier = LSTMClassifier(
      configuration, classWeights: classWeights == .balanced ? rows.balancedClassWeights : [])
    let (cores, blas) = (training.work.cores, training.blas)
    let watched = options.monitor.score
    return try training.run(
      classifier, rows.classification(),
      as: ModelArtifact(
        architecture: configuration.json,
        texts: .classification(
          source: try training.chain(column: column.name), classNames: rows.classNames)),
      unit: .rows
    ) { (weights) throws(Diagnostic) in
      guard let validRows else { return [:] }
      return try ClassificationTally(
        classifier, weights, on: validRows, cores: cores, blas: blas
      ).scores(watching: watched)
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func noLabels(_ dataset: String) -> Self {
    Self("'\(dataset)' has no labels to learn", remedy: "give load a label column")
  }
}
