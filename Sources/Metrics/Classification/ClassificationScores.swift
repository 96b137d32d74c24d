/// Precision, recall and F1, of one class or averaged over several.
package struct PrecisionRecall: Hashable, Sendable {
  package let precision: Double
  package let recall: Double
  /// The harmonic mean of precision and recall; in an average, the average of the classes' F1.
  package let f1: Double
}

/// How the scores of classes are averaged.
package enum Averaging: String, CaseIterable, Hashable, Sendable {
  /// The plain mean over classes, so that rare ones count as much as frequent ones.
  case macro
  /// The scores of the summed counts; equal to accuracy when each item has one class.
  case micro
  /// The mean over classes, each weighted by how many items it truly has.
  case weighted
}

/// The scores of a confusion matrix as scikit-learn gives them; 0/0 counts as 0.
extension ConfusionMatrix {
  /// The share of items that were given their true class.
  package var accuracy: Double {
    ratio((0..<classCount).reduce(0) { $0 + self[true: $1, predicted: $1] }, total)
  }

  /// The scores of one class against all others.
  package func scores(of label: Int) -> PrecisionRecall {
    let hits = self[true: label, predicted: label]
    let (truth, predicted) = (trueCount(label), predictedCount(label))
    return PrecisionRecall(
      precision: ratio(hits, predicted), recall: ratio(hits, truth),
      f1: ratio(2 * hits, truth + predicted))
  }

  /// The classes that occur, truly or as a prediction: those that averages are over.
  package var occurringClasses: [Int] {
    (0..<classCount).filter { trueCount($0) + predictedCount($0) > 0 }
  }

  /// The scores of all classes that occur as one.
  package func average(_ averaging: Averaging) -> PrecisionRecall {
    switch averaging {
    case .micro: PrecisionRecall(precision: accuracy, recall: accuracy, f1: accuracy)
    case .macro: mean { _ in 1 }
    case .weighted: mean { Double(trueCount($0)) }
    }
  }

  private func mean(weight: (Int) -> Double) -> PrecisionRecall {
    var (precision, recall, f1, weights) = (0.0, 0.0, 0.0, 0.0)
    for label in occurringClasses {
      let (scores, weight) = (scores(of: label), weight(label))
      precision += weight * scores.precision
      recall += weight * scores.recall
      f1 += weight * scores.f1
      weights += weight
    }
    guard weights > 0 else { return PrecisionRecall(precision: 0, recall: 0, f1: 0) }
    return PrecisionRecall(
      precision: precision / weights, recall: recall / weights, f1: f1 / weights)
  }
}

private func ratio(_ part: Int, _ whole: Int) -> Double {
  whole == 0 ? 0 : Double(part) / Double(whole)
}
