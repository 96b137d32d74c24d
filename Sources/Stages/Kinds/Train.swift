import Diagnostics
import Models
import Pipelines

/// Trains a model.
struct Train: Stage {
  static let kind = "train"
  static let version = 1
  static let manual = """
    trains a model
    The model artifact holds the weights of the best epoch and the whole chain from raw text to
    label, so that classify needs nothing else. A training that was stopped or killed goes on where
    it was, to the same bytes; asking for more epochs goes on from those that are there.
    """
  static let role = StageRole.learns

  private enum ModelName: String, CaseIterable {
    case lstmClassifier = "lstm-classifier"
  }

  let from: StageInput
  let valid: StageInput?
  private let training: ClassifierTraining
  private let checkpointInterval: Int

  init(from options: inout StageOptions) {
    from = options.input("from", .dataset, "the rows to learn from")
    valid = options.optionalInput(
      "valid", .dataset, unset: "none", "the rows that decide which epoch is best")
    switch options.choice("model", default: ModelName.lstmClassifier, "what is trained") {
    case .lstmClassifier: training = ClassifierTraining(from: &options)
    }
    checkpointInterval = options.integer(
      "checkpoint-seconds", default: 30, in: 0...86_400, isKeyed: false,
      "time between checkpoints within an epoch")
  }

  var outputs: [Port] { [Port(.model), Port(.history), Port(.checkpoint)] }

  func run(_ work: StageWork) throws(Diagnostic) -> StageOutcome {
    try training.run(work, from: from, valid: valid, checkpointInterval: checkpointInterval)
  }
}
