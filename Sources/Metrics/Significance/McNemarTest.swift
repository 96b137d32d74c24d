import Glibc

/// Whether two classifiers differ in accuracy, by the rows that only one of them gets right.
///
/// The exact, two-sided binomial form (McNemar 1947), whatever the counts.
package struct McNemarTest: Hashable, Sendable {
  package let onlyA: Int
  package let onlyB: Int

  package init(onlyA: Int, onlyB: Int) {
    precondition(onlyA >= 0 && onlyB >= 0, "\(onlyA) and \(onlyB) rows")
    self.onlyA = onlyA
    self.onlyB = onlyB
  }

  package init(_ predictions: PairedPredictions) {
    let disagreements = predictions.disagreements
    self.init(onlyA: disagreements.onlyA, onlyB: disagreements.onlyB)
  }

  /// How often fair coins fall at least as unevenly as the disagreements do.
  package var pValue: Double {
    let (count, fewer) = (Double(onlyA + onlyB), min(onlyA, onlyB))
    let tail = (0...fewer).reduce(0.0) { sum, k in
      let k = Double(k)
      return sum
        + exp(lgamma(count + 1) - lgamma(k + 1) - lgamma(count - k + 1) - count * log(2.0))
    }
    return min(1, 2 * tail)
  }
}
