import Datasets
import Diagnostics

/// A classifier that tells classes from what a frozen encoder makes of rows of ids.
struct FeatureClassifier: TrainedClassifier {
  private let encoder: RowEncoder
  /// The features that rows may bring along.
  private let features: RowFeatures
  private let head: any FeatureHead

  /// - Parameter features: what the encoder makes, as datasets name it.
  init(_ encoder: RowEncoder, _ features: RowFeatures, _ head: any FeatureHead) {
    self.encoder = encoder
    self.features = features
    self.head = head
  }

  var classCount: Int { head.classCount }
  var longestRow: Int { encoder.longestRow }

  func reads(_ rows: Dataset) -> Bool {
    rows.columns[0].vocabularySize == encoder.vocabularySize
  }

  /// Rows that bring their features along are not encoded again.
  func classify(
    _ rows: Dataset, cores: Int, _ body: (_ row: Int, _ probabilities: Span<Float>) -> Void
  ) throws(Diagnostic) {
    func classify(_ row: Int, _ vector: Span<Float>) {
      let probabilities = head.probabilities(of: vector)
      body(row, probabilities.span)
    }
    guard rows.features == features else {
      try encoder.encode(rows.classification(), cores: cores, classify)
      return
    }
    try rows.withFeatures { values in
      for row in 0..<rows.count {
        let places = row * features.width..<(row + 1) * features.width
        classify(row, values.extracting(places))
      }
    }
  }

  func probabilities(of ids: [Int32]) -> [Float] {
    // Encoding rows that are in memory fails for no reason.
    (try? probabilities(of: [ids], cores: 1)) ?? []
  }

  func probabilities(of rows: [[Int32]], cores: Int) throws(Diagnostic) -> [Float] {
    var all: [Float] = []
    try encoder.encode(Examples(rows: rows, padding: encoder.padding), cores: cores) { _, vector in
      all += head.probabilities(of: vector)
    }
    return all
  }
}
