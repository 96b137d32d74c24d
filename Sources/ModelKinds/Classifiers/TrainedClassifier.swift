import Chains
import Datasets
import Diagnostics

/// A trained classifier, however it was trained: rows or text in, probabilities out.
package protocol TrainedClassifier {
  var classCount: Int { get }

  /// Whether rows are numbered by a vocabulary of the size it was trained with.
  func reads(_ rows: Dataset) -> Bool

  /// Gives the probability of each class to `body`, row by row in their order.
  ///
  /// Results do not depend on the number of cores.
  func classify(
    _ rows: Dataset, cores: Int, _ body: (_ row: Int, _ probabilities: Span<Float>) -> Void
  ) throws(Diagnostic)

  /// The probability of each class for a raw text, which the model's own chain prepares.
  func classify(_ text: String, through chain: inout ChainEncoder) -> [Float]
}
