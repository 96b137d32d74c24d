import Formats
import Metrics

/// How often predictions of like probability are right, as scores store it.
package struct CalibrationBins: Sendable {
  /// Predictions whose probability lies in one range.
  package struct Bin: Sendable {
    package let count: Int
    /// Their mean probability.
    package let confidence: Double
    /// The share of them that is right.
    package let accuracy: Double
  }

  /// The first is of the lowest probabilities; ranges are equally wide.
  package let bins: [Bin]

  init(_ calibration: Calibration) {
    bins = calibration.bins.map {
      Bin(count: $0.count, confidence: $0.confidence, accuracy: $0.accuracy)
    }
  }

  /// Reads the bins of scores; nil where they have none.
  package init?(scores: JSONValue) {
    guard let stored = scores["calibration"]?.arrayValue else { return nil }
    bins = stored.map { bin in
      Bin(
        count: min(max(0, bin["count"]?.intValue ?? 0), 1 << 40),
        confidence: bin["confidence"]?.doubleValue ?? 0,
        accuracy: bin["accuracy"]?.doubleValue ?? 0)
    }
    if !bins.contains(where: { $0.count > 0 }) { return nil }
  }

  var json: JSONValue {
    .array(
      bins.map {
        [
          "count": .integer($0.count), "confidence": .number($0.confidence),
          "accuracy": .number($0.accuracy),
        ]
      })
  }

  /// The range of probabilities of a bin.
  package func range(of bin: Int) -> ClosedRange<Double> {
    Double(bin) / Double(bins.count)...Double(bin + 1) / Double(bins.count)
  }
}
