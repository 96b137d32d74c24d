import Cores
import Datasets
import Diagnostics
import Models
import Pipelines
import Tensors
import Training

extension MemoryDemand {
  /// The buffers of the model's size that a training holds, without its batches.
  package init(training layout: ParameterLayout, _ options: TrainingOptions) {
    self.init(
      byteCount: layout.byteCount(ofBuffers: options.bufferCount),
      for: "training \(Spelling.count(layout.parameterCount)) parameters",
      remedy: "make the model narrower, or lower shards or average-epochs")
  }

  /// What a training holds in all while a batch of so many tokens passes, about.
  ///
  /// As many shards of it as there are cores are worked on at once.
  init(training model: some Model, _ options: TrainingOptions, tokens: Int, cores: Int) {
    let atOnce = min(options.shards, max(1, cores))
    let share = (tokens / options.shards).saturatingTimes(atOnce)
    let floats = share.saturatingTimes(model.floatsPerToken)
    // Normalised weights, and each laid out for the products of both ways.
    let buffers = options.bufferCount + (model.normalizedWeights.isEmpty ? 0 : 3)
    self.init(
      byteCount: floats.saturatingTimes(MemoryLayout<Float>.stride).saturatingPlus(
        model.layout.byteCount(ofBuffers: buffers)),
      for: "training \(Spelling.count(model.layout.parameterCount)) parameters"
        + " in batches of up to \(Spelling.count(tokens)) tokens",
      remedy:
        "lower micro-batch-size, batch-size or max-tokens, cut long rows with pad, or make the model"
        + " narrower",
      isEstimate: true)
  }

  /// What a training asks for by its options alone, the weights first.
  ///
  /// - Parameter longestRow: the most tokens in a row, where that is known.
  static func demands(
    training model: some Model, _ options: TrainingOptions, longestRow: Int?
  ) -> [MemoryDemand] {
    let batch = options.mostTokensAtOnce(longestRow: longestRow).map { tokens in
      MemoryDemand(training: model, options, tokens: tokens, cores: availableCores())
    }
    return [MemoryDemand(training: model.layout, options)] + [batch].compactMap(\.self)
  }

  /// The weights of a model that is used but not trained.
  package init(using layout: ParameterLayout) {
    self.init(
      byteCount: layout.byteCount(ofBuffers: 1),
      for: "a model of \(Spelling.count(layout.parameterCount)) parameters",
      remedy: "use a smaller model, or a larger machine")
  }
}
