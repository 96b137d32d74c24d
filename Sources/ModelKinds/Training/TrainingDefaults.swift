/// The defaults of a training's options, which differ between models.
package struct TrainingDefaults {
  /// How much goes into one batch.
  enum Batch {
    case rows(Int)
    case tokens(Int)
  }

  var epochs: Int
  var optimizer: OptimizerName
  var momentum: Double
  var weightDecay = 0.0
  /// The names of the parameters that no decay shrinks.
  var undecayed: [String] = []
  var learningRate: Double
  var schedule: ScheduleName
  /// The share of all steps in which the rate rises to its peak.
  var warmupShare = 0.0
  /// Training ends when the rate falls to it; 0 for never.
  var minimumLearningRate: Double
  var clipNorm: Double
  var batch: Batch
  /// How many batches' rows are sorted by length together; nil: all rows.
  var pool: Int?
  /// The validation scores that can decide which epoch is best, the usual one first.
  var scores: [String]

  package static let classifier = TrainingDefaults(
    epochs: 10, optimizer: .adam, momentum: 0.9, learningRate: 1e-3, schedule: .constant,
    minimumLearningRate: 0, clipNorm: 1, batch: .rows(32), pool: 100,
    scores: ClassificationTally.scoreNames)

  /// The settings of fairseq's examples for convolutional translators, minimum rate included.
  static let translator = TrainingDefaults(
    epochs: 50, optimizer: .nag, momentum: 0.99, learningRate: 0.25, schedule: .plateau,
    minimumLearningRate: 1e-5, clipNorm: 0.1, batch: .tokens(4000), pool: nil,
    scores: TranslationValidation.scoreNames)
}

/// The learning-rate schedules, by their names in a definition.
enum ScheduleName: String, CaseIterable {
  case constant, linear, cosine, plateau, step, anneal
  case inverseSquareRoot = "inverse-square-root"
}
