/// How much goes into one batch: so many rows, so many tokens, or both.
package struct BatchLimit: Hashable, Sendable {
  /// The most rows in a batch.
  package let rows: Int?
  /// The most places in a batch: its rows times its longest row, padding counted.
  package let tokens: Int?

  package init(rows: Int) {
    precondition(rows > 0, "a batch of \(rows) rows")
    (self.rows, self.tokens) = (rows, nil)
  }

  package init(tokens: Int, rows: Int? = nil) {
    precondition(tokens > 0 && rows ?? 1 > 0, "a batch of \(tokens) tokens, \(rows ?? 1) rows")
    (self.rows, self.tokens) = (rows, tokens)
  }

  /// This limit, and no more than so many rows.
  package func lowered(toRows most: Int) -> BatchLimit {
    let rows = min(most, rows ?? most)
    return tokens.map { BatchLimit(tokens: $0, rows: rows) } ?? BatchLimit(rows: rows)
  }

  /// The most tokens of a batch in one column; nil where nothing limits them.
  ///
  /// - Parameter longest: the most tokens in a row, where that is known.
  package func mostTokens(longestRow longest: Int?) -> Int? {
    let ofRows = rows.flatMap { rows in
      longest.map { rows.multipliedReportingOverflow(by: $0) }
    }.map { $0.overflow ? .max : $0.partialValue }
    guard let most = [tokens, ofRows].compactMap(\.self).min() else { return nil }
    return max(most, longest ?? 0)
  }

  /// In how many pieces a batch goes, so that each fits the limit, about.
  ///
  /// - Parameter longest: the most tokens of a row.
  package func microBatchCount(rows count: Int, longest: Int) -> Int {
    func pieces(of whole: Int, _ most: Int?) -> Int {
      most.map { (max(1, whole) - 1) / $0 + 1 } ?? 1
    }
    return max(pieces(of: count, rows), pieces(of: count * longest, tokens))
  }

  /// Whether `rows` rows, the longest of them `longest` tokens, still fit into one batch.
  ///
  /// A single row always fits, so that no row is lost for its length.
  package func admits(rows count: Int, longest: Int) -> Bool {
    if count <= 1 { return true }
    if let rows, count > rows { return false }
    if let tokens, count * longest > tokens { return false }
    return true
  }
}
