import Glibc
import Tensors

/// Chooses the words that go on from the scores of all of them.
struct NextWords {
  /// The most words that are picked out one by one rather than sorted.
  private static let pickedWords = 256

  let search: BeamSearch
  let padding: Int
  let end: Int
  let unknown: Int

  /// The likeliest words that are allowed, or the end where none is.
  ///
  /// - Parameters:
  ///   - scores: [rows, words]; those of the row are changed.
  ///   - total: what is taken from a score to make it a log probability.
  func best(
    of scores: Tensor, row: Int, lessTotal total: Float, _ allowance: Allowance
  ) -> [ColumnValue] {
    if let word = allowance.only { return [scores.value(of: Int(word), row: row).less(total)] }
    let ending = scores.value(of: end, row: row)
    restrict(scores[rows: row..<row + 1], allowance)
    let found = scores.largest(2 * search.width, inRow: row)
    return (found.isEmpty ? [ending] : found).map { $0.less(total) }
  }

  /// One of the words that are allowed, drawn by its probability, or the end where none is.
  ///
  /// - Parameter chance: from [0, 1).
  func drawn(
    from scores: Tensor, row: Int, lessTotal total: Float, _ allowance: Allowance,
    by sampling: Sampling, chance: Float
  ) -> ColumnValue {
    if let word = allowance.only { return scores.value(of: Int(word), row: row).less(total) }
    let ending = scores.value(of: end, row: row)
    let allowed = scores[rows: row..<row + 1]
    restrict(allowed, allowance)
    let words = likeliest(of: allowed, lessTotal: total, sampling)
    var rest = chance * words.reduce(0) { $0 + exp($1.value - total) }
    for word in words {
      rest -= exp(word.value - total)
      if rest < 0 { return word.less(total) }
    }
    return (words.last ?? ending).less(total)
  }

  /// Takes what the search holds against words from their scores.
  private func restrict(_ scores: Tensor, _ allowance: Allowance) {
    scores[padding] = -.infinity
    scores[unknown] -= search.unknownPenalty
    if !allowance.allowsEnd { scores[end] = -.infinity }
    for word in allowance.banned { scores[Int(word)] = -.infinity }
  }

  /// The words that may be drawn.
  private func likeliest(
    of scores: Tensor, lessTotal total: Float, _ sampling: Sampling
  ) -> [ColumnValue] {
    let limit = min(sampling.wordLimit ?? scores.columns, scores.columns)
    if limit == scores.columns, sampling.probabilityLimit >= 1 {
      return scores.columnValues(inRow: 0)
    }
    let picked = scores.largest(min(limit, Self.pickedWords), inRow: 0)
    let nucleus = nucleus(of: picked, lessTotal: total, sampling)
    if nucleus.count < picked.count || picked.count == limit { return nucleus }
    let sorted = scores.columnValues(inRow: 0).sorted {
      ($1.value, $0.column) < ($0.value, $1.column)
    }
    return self.nucleus(of: Array(sorted.prefix(limit)), lessTotal: total, sampling)
  }

  /// The first of sorted words that together have the probability that is drawn from.
  private func nucleus(
    of words: [ColumnValue], lessTotal total: Float, _ sampling: Sampling
  ) -> [ColumnValue] {
    guard sampling.probabilityLimit < 1 else { return words }
    var sum: Float = 0
    for (index, word) in words.enumerated() {
      sum += exp(word.value - total)
      if sum >= sampling.probabilityLimit { return Array(words[...index]) }
    }
    return words
  }
}

extension ColumnValue {
  fileprivate func less(_ total: Float) -> ColumnValue {
    ColumnValue(column: column, value: value - total)
  }
}

extension Tensor {
  fileprivate func value(of column: Int, row: Int) -> ColumnValue {
    ColumnValue(column: column, value: self[row * columns + column])
  }

  /// The values of a row that are above −∞, in their order.
  fileprivate func columnValues(inRow row: Int) -> [ColumnValue] {
    (0..<columns).compactMap { column in
      let value = self[row * columns + column]
      return value > -.infinity ? ColumnValue(column: column, value: value) : nil
    }
  }
}
