import Diagnostics
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

  /// The weights of a model that is used but not trained.
  package init(using layout: ParameterLayout) {
    self.init(
      byteCount: layout.byteCount(ofBuffers: 1),
      for: "a model of \(Spelling.count(layout.parameterCount)) parameters",
      remedy: "use a smaller model, or a larger machine")
  }
}
