import Diagnostics
import Formats
import Metrics
import Reports
import Stages

/// Drawings of how far a classifier's probabilities can be believed.
struct ProbabilityFigures {
  /// As many lines as there are styles of them.
  private static let mostLines = 4

  private let scores: JSONValue

  init(_ scores: JSONValue) { self.scores = scores }

  var drawings: [Markup] { [reliability, precision].compactMap(\.self) }

  /// What was said beside what was right, for each range of probabilities that has rows.
  private var reliability: Markup? {
    guard let bins = CalibrationBins(scores: scores) else { return nil }
    let error = scores["calibration-error"]?.doubleValue ?? 0
    let drawing = ReliabilityDrawing(
      title: "reliability",
      bins.bins.map { .init(count: $0.count, said: $0.confidence, right: $0.accuracy) }
    ).drawing
    return .figure(
      drawing,
      "How many of the rows that were given a probability are right; the larger a dot, the more rows.",
      " On the dotted line as many are right as was said: below it the model is too sure. The expected",
      " calibration error (ECE) is ", .score(error), ".")
  }

  /// The precision at each recall of the classes that are found worst.
  private var precision: Markup? {
    let classes = (scores["classes"]?.arrayValue ?? []).compactMap {
      entry -> (name: String, average: Double, values: [Double?])? in
      guard let average = entry["average-precision"]?.doubleValue,
        let values = entry["precision-at-recall"]?.arrayValue,
        values.count == PrecisionRecallCurve.pointCount
      else { return nil }
      return (entry["class"]?.stringValue ?? "?", average, values.map(\.doubleValue))
    }
    let worst = classes.sorted { ($0.average, $0.name) < ($1.average, $1.name) }
      .prefix(Self.mostLines)
    guard !worst.isEmpty else { return nil }
    let count = PrecisionRecallCurve.pointCount
    return .figure(
      LineDrawing(
        title: "precision at each recall", over: "recall in per cent",
        (1...count).map { $0 * 100 / count },
        worst.map { LineChart.Series($0.name.printable.fitted(to: 16), $0.values) }, scale: .linear
      ).drawing,
      "Of the classes with the lowest average precision: how many rows are right among the surest.")
  }
}
