import Cores
import Datasets
import Diagnostics

/// A trained classifier, however it was trained: rows of ids in, probabilities out.
package protocol TrainedClassifier {
  var classCount: Int { get }

  /// The most ids of a row that this machine's memory lets it read.
  var longestRow: Int { get }

  /// Whether rows are numbered by a vocabulary of the size it was trained with.
  func reads(_ rows: Dataset) -> Bool

  /// Gives the probability of each class to `body`, row by row in their order.
  ///
  /// Results do not depend on the number of cores.
  func classify(
    _ rows: Dataset, cores: Int, _ body: (_ row: Int, _ probabilities: Span<Float>) -> Void
  ) throws(Diagnostic)

  /// The probability of each class for a row of ids, as the model's own chain makes them of a text.
  func probabilities(of ids: [Int32]) -> [Float]

  /// [rows × classes] the probabilities for many rows.
  ///
  /// Results do not depend on the number of cores.
  func probabilities(of rows: [[Int32]], cores: Int) throws(Diagnostic) -> [Float]
}

extension TrainedClassifier {
  package var longestRow: Int { .max }
}

extension TrainedClassifier where Self: Sendable {
  package func probabilities(of rows: [[Int32]], cores: Int) throws(Diagnostic) -> [Float] {
    let size = 64
    let parts = mapConcurrently((rows.count + size - 1) / size, cores: cores) { part in
      rows[part * size..<min(rows.count, (part + 1) * size)].flatMap { probabilities(of: $0) }
    }
    return Array(parts.joined())
  }
}
