/// What two classifiers said of the same rows, whose true classes are known.
package struct PairedPredictions: Hashable, Sendable {
  package let classCount: Int
  package let truth: [Int]
  package let a: [Int]
  package let b: [Int]

  package init(truth: [Int], a: [Int], b: [Int], classCount: Int) {
    precondition(
      a.count == truth.count && b.count == truth.count,
      "\(a.count) and \(b.count) predictions for \(truth.count) rows")
    self.classCount = classCount
    self.truth = truth
    self.a = a
    self.b = b
  }

  /// Numbers the labels that several runs of two classifiers gave the same rows.
  ///
  /// - Parameters:
  ///   - truth: the true label of each row.
  ///   - a: what each run of the first classifier said of each row.
  ///   - b: the same of the second, as many runs.
  /// - Returns: a pair for each run. Classes are the labels that occur anywhere, in their order as text.
  package static func runs(
    truth: [String], _ a: [[String]], _ b: [[String]]
  ) -> [PairedPredictions] {
    let names = Set(truth).union(a.joined()).union(b.joined()).sorted()
    let numbers = Dictionary(uniqueKeysWithValues: zip(names, names.indices))
    func numbered(_ labels: [String]) -> [Int] { labels.compactMap { numbers[$0] } }
    return zip(a, b).map { first, second in
      PairedPredictions(
        truth: numbered(truth), a: numbered(first), b: numbered(second), classCount: names.count)
    }
  }

  /// Rows that only the first classifier gets right, and rows that only the second does.
  package var disagreements: (onlyA: Int, onlyB: Int) {
    var (onlyA, onlyB) = (0, 0)
    for (row, label) in truth.enumerated() where (a[row] == label) != (b[row] == label) {
      if a[row] == label { onlyA += 1 } else { onlyB += 1 }
    }
    return (onlyA, onlyB)
  }

  /// How often some rows of each class were given each class.
  package func matrix(of predicted: [Int], rows: some Sequence<Int>) -> ConfusionMatrix {
    var matrix = ConfusionMatrix(classCount: classCount)
    for row in rows { matrix.add(true: truth[row], predicted: predicted[row]) }
    return matrix
  }
}

extension Resampling {
  /// Whether two classifiers differ in a score, by how much their difference varies over resampled rows.
  ///
  /// - Parameter score: accuracy, an F1, whatever a confusion matrix gives.
  package func pairedBootstrap(
    _ predictions: PairedPredictions, scoredBy score: (ConfusionMatrix) -> Double
  ) -> PairedComparison {
    let rows = predictions.truth.indices
    precondition(!rows.isEmpty, "no rows to resample")
    let systems = [predictions.a, predictions.b]
    let scores = resampled(rows.count, systems: 2) { system, rows in
      score(predictions.matrix(of: systems[system], rows: rows))
    }
    return paired(
      score(predictions.matrix(of: predictions.a, rows: rows)),
      score(predictions.matrix(of: predictions.b, rows: rows)), scores)
  }
}
