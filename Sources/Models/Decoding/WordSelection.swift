import Glibc
import Tensors

/// Selects the words that continue a hypothesis, given the scores of all words.
struct WordSelection {
  /// Up to so many words are selected one by one; for more, all words are sorted.
  private static let pickedWords = 256

  let search: BeamSearch
  let padding: Int
  let end: Int
  let unknown: Int

  /// The likeliest words that are allowed, or the end symbol where none is.
  ///
  /// - Parameters:
  ///   - scores: [rows, words]; those of the row are changed.
  ///   - total: a word's score less this is its log probability.
  func best(
    of scores: Tensor, row: Int, lessTotal total: Float, _ constraint: WordConstraint
  ) -> [ColumnValue] {
    if let word = constraint.forced { return [scores.value(of: Int(word), row: row).less(total)] }
    let ending = scores.value(of: end, row: row)
    apply(constraint, to: scores[rows: row..<row + 1])
    let found = scores.largest(2 * search.width, inRow: row)
    return (found.isEmpty ? [ending] : found).map { $0.less(total) }
  }

  /// A word drawn by its probability from those allowed, or the end symbol where none is.
  ///
  /// - Parameter chance: from [0, 1).
  func sample(
    from scores: Tensor, row: Int, lessTotal total: Float, _ constraint: WordConstraint,
    by sampling: Sampling, chance: Float
  ) -> ColumnValue {
    if let word = constraint.forced { return scores.value(of: Int(word), row: row).less(total) }
    let ending = scores.value(of: end, row: row)
    let allowed = scores[rows: row..<row + 1]
    apply(constraint, to: allowed)
    let words = likeliest(of: allowed, lessTotal: total, sampling)
    var rest = chance * words.reduce(0) { $0 + exp($1.value - total) }
    for word in words {
      rest -= exp(word.value - total)
      if rest < 0 { return word.less(total) }
    }
    return (words.last ?? ending).less(total)
  }

  /// Lowers the unknown word's score by its penalty, and sets those of words not allowed to −∞.
  private func apply(_ constraint: WordConstraint, to scores: Tensor) {
    scores[padding] = -.infinity
    scores[unknown] -= search.unknownPenalty
    if !constraint.allowsEnd { scores[end] = -.infinity }
    for word in constraint.banned { scores[Int(word)] = -.infinity }
  }

  /// The words that may be drawn: all, the `wordLimit` likeliest, or the nucleus.
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

  /// The likeliest words, of those sorted by score, whose probabilities reach the limit together.
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
