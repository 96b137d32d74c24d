import Datasets
import Layers
import LinearModels

/// N-grams of a row, each for as much as it counts, as what a network reads.
package struct NGramInput: Sendable {
  package let features: NGramFeatures
  /// What each id is read as; below 0 for one that nothing is learnt of.
  private let tokens: [Int32]

  /// - Parameter tokens: what each id is read as; below 0 for one that nothing is learnt of.
  package init(_ features: NGramFeatures, tokens: [Int32]) {
    self.features = features
    self.tokens = tokens
  }

  package var count: Int { features.count }

  /// The places and values that a token begins, twice: as they are found, and as a step keeps them.
  var numbersPerToken: Int { 4 * features.index.lengths.count }

  /// The n-grams of a batch's rows.
  func rows(of batch: ClassificationBatch) -> SparseInput {
    var rows = SparseInput()
    for (row, length) in batch.lengths.enumerated() {
      let ids = batch.tokens[row * batch.width..<row * batch.width + Int(length)]
      rows.append(entries(of: ids).lazy.map { (place: $0.feature, value: Float($0.value)) })
    }
    return rows
  }

  /// Each n-gram of a row; nil where n-grams share buckets, and their names are not kept.
  func parts(of ids: [Int32]) -> [InputPart]? {
    guard case .vocabulary(let ngrams) = features.index else { return nil }
    return entries(of: ids).compactMap { entry in
      ngrams.ids(of: Int(entry.feature)).map { InputPart(ids: $0, place: Int(entry.feature)) }
    }
  }

  private func entries(of ids: some Sequence<Int32>) -> [(feature: Int32, value: Double)] {
    let row = ids.map { tokens[Int($0)] }
    return features.features(of: row.span)
  }
}
