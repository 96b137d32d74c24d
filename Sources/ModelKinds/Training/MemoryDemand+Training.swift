import Diagnostics
import Pipelines
import Tensors
import Training

extension MemoryDemand {
  /// What a training holds besides its batches: buffers of the model's size.
  package init(training layout: ParameterLayout, _ options: TrainingOptions) {
    self.init(
      byteCount: layout.byteCount(ofBuffers: options.bufferCount),
      for: "training \(Spelling.count(layout.parameterCount)) parameters",
      remedy: "make the model narrower, or lower shards or average-epochs")
  }

  /// What a model holds that is only used.
  package init(using layout: ParameterLayout) {
    self.init(
      byteCount: layout.byteCount(ofBuffers: 1),
      for: "a model of \(Spelling.count(layout.parameterCount)) parameters",
      remedy: "use a smaller model, or a larger machine")
  }
}
