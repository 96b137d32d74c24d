import Cores
import Datasets
import Diagnostics
import LinearModels

/// A trained fastText model, which classifies rows of ids and texts.
package struct FastTextClassifier: TrainedClassifier, Sendable {
  private let tensors: FastTextTensors
  private let reading: TokenReading

  init(_ tensors: FastTextTensors, _ reading: TokenReading) {
    self.tensors = tensors
    self.reading = reading
  }

  package var classCount: Int { tensors.model.classCount }

  package func reads(_ rows: Dataset) -> Bool { rows.columns[0].vocabularySize == reading.count }

  package func classify(
    _ rows: Dataset, cores: Int, _ body: (_ row: Int, _ probabilities: Span<Float>) -> Void
  ) throws(Diagnostic) {
    try reading.classify(rows, cores: cores, body) { probabilities($0) }
  }

  package func probabilities(of ids: [Int32]) -> [Float] {
    probabilities(ids.map { reading[$0] })
  }

  private func probabilities(_ tokens: [Int32]) -> [Float] {
    tensors.model.probabilities(tensors.inputs.numbers(of: tokens.span))
  }
}
