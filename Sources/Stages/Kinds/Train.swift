import Diagnostics
import Pipelines
import Tensors
import Training

/// Trains a model.
struct Train: Stage {
  static let kind = "train"
  static let version = 2
  static let manual = """
    trains a model
    The model artifact holds the weights of the best epoch and the whole chain from raw text to
    label or translation, so that classify and translate need nothing else. A training that was
    stopped or killed goes on where it was, to the same bytes; asking for more epochs goes on from
    those that are there.
    convs2s is the convolutional translator of Gehring et al. (2017), in fairseq's shapes; from is a
    dataset of pairs. Sentences longer than its positions are left out, and their number is told.
    """
  static let role = StageRole.learns

  private enum ModelName: String, CaseIterable {
    case lstmClassifier = "lstm-classifier"
    case convS2S = "convs2s"
  }

  let from: StageInput
  let valid: StageInput?
  private let model: any ModelTraining
  private let checkpointInterval: Int

  init(from options: inout StageOptions) {
    from = options.input("from", .dataset, "the rows to learn from")
    valid = options.optionalInput(
      "valid", .dataset, unset: "none", "the rows that decide which epoch is best")
    checkpointInterval = options.integer(
      "checkpoint-seconds", default: 30, in: 0...86_400, isKeyed: false,
      "time between checkpoints within an epoch")
    model = options.alternative("model", default: ModelName.lstmClassifier, "what is trained") {
      name, options -> any ModelTraining in
      switch name {
      case .lstmClassifier: ClassifierTraining(from: &options)
      case .convS2S: TranslatorTraining(from: &options)
      }
    }
    if !options.isGiven("valid"), model.options.monitor.score != "loss" {
      options.reject("watch", .nothingToWatch(model.options.monitor.score))
    }
  }

  var outputs: [Port] {
    [Port(.model, scoredBy: model.metrics.map(\.stageScore)), Port(.history), Port(.checkpoint)]
  }

  func run(_ work: StageWork) throws(Diagnostic) -> StageOutcome {
    try model.run(
      StagedTraining(
        work: work, from: from, valid: valid, options: model.options,
        checkpointInterval: checkpointInterval, blas: try OpenBLAS.load()))
  }
}

extension Diagnostic.Message {
  fileprivate static func nothingToWatch(_ score: String) -> Self {
    Self(
      "there are no rows to compute '\(score)' on, which is to decide the best epoch",
      remedy: "add valid = \"…\", the output of a binarize stage")
  }
}
