import Chains
import Diagnostics
import ModelKinds
import Pipelines

/// Trains a model.
package struct Train: Stage {
  package static let kind = "train"
  package static let version = 4
  package static let manual =
    ([
      """
      trains a model
      The model artifact holds the weights of the best epoch, or with average the mean of several,
      and the whole chain from raw text to label or translation, so that classify and translate need
      nothing else. A training that was stopped or killed goes on from its last checkpoint, to the
      same bytes; asking for more epochs goes on from those that are there, unless the schedule is
      linear or cosine, which need to know how many there will be.
      start takes the weights of another model of the same options and vocabulary to begin with. What
      freeze names keeps them: no step, no decay, and no part in the gradient norm that clip-norm
      limits. rates makes some parameters learn slower or faster than the others.
      micro-batch-size and micro-batch-tokens let a batch be larger than what fits the memory at once:
      its pieces go through one after the other, and one step follows the sum of their gradients.
      precision = "bfloat16" rounds both sides of products with weights to eight bits and sums them as
      float32: nearly twice as fast where the processor has AVX-512-BF16, and to the same bytes where
      it has not. Weights, their steps, embeddings, norms, softmax, attention and the scores of
      validation stay float32; so do the answers of the model, unless predict or translate has a
      precision of its own.
      The options of a model may stand in a table of its name, as [stage.train.cnn], so that a sweep
      over model can compare models. They come before options of the stage, but not before --set.
      vectors gives the words of a network the vectors that another program learnt, as far as its file
      has them, and says for how many; other words start with random numbers of the same variance.
      The model's embedding is as wide as they are. They learn with all else; with
      freeze = "embedding.*" they stay as they are.
      """
    ] + ModelCatalog.standard.manuals).joined(separator: "\n")
  package static let role = StageRole.learns

  let from: StageInput
  let valid: StageInput?
  private let model: any ModelKind
  private let models: ModelCatalog

  package init(from options: inout StageOptions) { self.init(from: &options, models: .standard) }

  /// - Parameter models: those to choose from; the first is the default.
  package init(from options: inout StageOptions, models: ModelCatalog) {
    self.models = models
    from = options.input(
      "from", oneOf: [.dataset, .features],
      "the rows to learn from, or features of them that encode made")
    valid = options.optionalInput(
      "valid", oneOf: [.dataset, .features], unset: "none",
      "the rows that decide which epoch is best")
    model = options.alternative("model", of: models.kinds.map { ($0.name, $0) }, "what is trained")
    {
      kind, options in kind.init(from: &options)
    }
    let kind = type(of: model)
    if from.source.port.type == .features, !kind.readsFeatures {
      options.reject("from", .noFeatures(kind.name, models.spelling { $0.readsFeatures }))
    }
  }

  package var outputs: [Port] {
    let scores = type(of: model).metrics.map(\.stageScore)
    return model.outputs.map { port in
      port.type == .model ? Port(port.name, port.type, scoredBy: scores) : port
    }
  }

  package func memoryDemands(longestRow: (StageInput) -> Int?) -> [MemoryDemand] {
    model.memoryDemands(longestRow: longestRow(from))
  }

  package func run(_ work: StageWork) throws(Diagnostic) -> StageOutcome {
    try model.train(StagedTraining(work: work, from: from, valid: valid, models: models))
  }
}

extension Diagnostic.Message {
  fileprivate static func noFeatures(_ kind: String, _ others: String) -> Self {
    Self(
      "\(kind) does not learn from features",
      remedy: "let from be the output of binarize, or set \(others)")
  }
}
