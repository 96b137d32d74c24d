import Cores
import Datasets
import Diagnostics
import Glibc

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

  /// How much the parts of a row speak for a class and against another.
  func effects(of ids: [Int32], for label: Int, against other: Int) -> [RowEffect]
}

extension TrainedClassifier {
  package var longestRow: Int { .max }

  package func effects(of ids: [Int32], for label: Int, against other: Int) -> [RowEffect] {
    leavingOut(ids, for: label, against: other)
  }

  /// What the odds lose when a word is left out, for each word of the row.
  package func leavingOut(_ ids: [Int32], for label: Int, against other: Int) -> [RowEffect] {
    func odds(_ ids: [Int32]) -> Float {
      let all = probabilities(of: ids)
      return log(max(all[label], .leastNormalMagnitude))
        - log(max(all[other], .leastNormalMagnitude))
    }
    let whole = odds(ids)
    var seen: Set<Int32> = []
    return ids.filter { seen.insert($0).inserted }.map { id in
      RowEffect(ids: [id], effect: whole - odds(ids.filter { $0 != id }))
    }
  }
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
