import Formats
import Metrics

extension ConfusionMatrix {
  /// The most rows of a cell that are believed.
  private static let mostRows = 1 << 40

  /// The matrix in stored scores; nil where there is none, or its rows are not of one length.
  package init?(ofScores json: JSONValue) {
    guard let rows = json["confusion"]?.arrayValue?.map({ $0.arrayValue ?? [] }),
      rows.allSatisfy({ $0.count == rows.count })
    else { return nil }
    self.init(classCount: rows.count)
    for (truth, row) in rows.enumerated() {
      for (predicted, count) in row.enumerated() {
        guard let count = count.intValue, (0...Self.mostRows).contains(count) else { return nil }
        add(true: truth, predicted: predicted, count: count)
      }
    }
  }
}
