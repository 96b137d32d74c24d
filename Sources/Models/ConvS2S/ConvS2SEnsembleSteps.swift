import Tensors

/// The decoding of a batch with all models of an ensemble.
final class ConvS2SEnsembleSteps {
  private let members: [ConvS2SSteps]
  /// [hypotheses, output embedding width] what each member's decoder gave in this step.
  private var hidden: [Tensor] = []

  init(_ members: [ConvS2SSteps]) { self.members = members }

  /// Reads the last word of each hypothesis.
  func advance(_ hypotheses: PartialHypotheses, place: Int) {
    hidden = members.map { $0.advance(hypotheses, place: place) }
  }

  /// Calls `body` with the scores of all words, for each hypothesis in turn.
  ///
  /// A score less `total` is the log of the mean of the members' probabilities.
  func forEachRow(
    temperature: Float,
    _ body: (_ row: Int, _ scores: Tensor, _ scoreRow: Int, _ total: Float) -> Void
  ) {
    let count = hidden[0].rows
    let limit = members.reduce(count) { min($0, $1.blockRowLimit) }
    for start in stride(from: 0, to: count, by: max(1, limit)) {
      let rows = start..<min(start + limit, count)
      let logits = zip(members, hidden).map { $0.logits(of: $1[rows: rows]) }
      for row in 0..<rows.count {
        var totals = logits.map { $0.logSumOfExponentials(inRow: row, times: 1 / temperature) }
        if members.count > 1 {
          averageProbabilities(of: logits, totals: totals, row: row)
          totals = [0]
        }
        body(rows.lowerBound + row, logits[0], row, totals[0])
      }
    }
  }

  /// [rows × width] the attention of some hypotheses to each word of their source, as the mean over
  /// the members.
  func attention(ofRows rows: Range<Int>, width: Int) -> [Float] {
    let all = members.map { $0.attention.rows(rows, prefix: width) }
    guard all.count > 1 else { return all[0] }
    let share = 1 / Float(all.count)
    return all[0].indices.map { place in all.reduce(0) { $0 + $1[place] } * share }
  }
}

extension Tensor {
  fileprivate func rows(_ rows: Range<Int>, prefix: Int) -> [Float] {
    var values: [Float] = []
    values.reserveCapacity(rows.count * prefix)
    for row in rows {
      for place in row * columns..<row * columns + prefix { values.append(self[place]) }
    }
    return values
  }
}
