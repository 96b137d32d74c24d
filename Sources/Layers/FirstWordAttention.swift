import Tensors

extension Tape {
  /// Self-attention of the first words alone, for inference: without keys and values of the words.
  ///
  /// A key is `W · x + b`, and `q · (W · x + b)` is `(Wᵀ · q) · x` and a number that is equal for all
  /// words of a row. The sum of values by weights that add up to 1 is `V · (Σ weight · x) + c`. So each
  /// matrix is multiplied once for a row, instead of once for each of its words.
  ///
  /// - Parameters:
  ///   - queries: [rows, heads · d].
  ///   - x: [words, width] what keys and values are made of.
  ///   - key, value: without adapters.
  package func attendFirsts(
    _ queries: Variable, over x: Variable, key: LinearLayer, value: LinearLayer,
    in rows: JoinedRows, heads: Int
  ) -> Variable {
    precondition(
      !isRecording && key.adapter == nil && value.adapter == nil && queries.rows == rows.count
        && queries.columns % heads == 0 && x.rows == rows.ids.count,
      "\(queries.rows) queries of \(rows.count) rows, \(heads) heads of \(queries.columns)")
    let (width, headWidth) = (x.columns, queries.columns / heads)
    // Wᵀ · q of each head, then the means of the words that it finds.
    let asked = arena.tensor(rows: rows.count, columns: heads * width)
    let columns = (0..<heads).map { head in
      (
        own: head * headWidth..<(head + 1) * headWidth,
        asked: head * width..<(head + 1) * width
      )
    }
    for (own, asking) in columns {
      blas.multiply(
        queries.value.matrix(columns: own), self[key.weight].matrix[rows: own],
        into: asked.matrix(columns: asking))
    }
    replaceByMeans(
      asked, of: x.value, in: rows, heads: heads, scale: 1 / Float(headWidth).squareRoot())
    let result = variable(rows: rows.count, columns: queries.columns, needsGradient: false)
    for (own, asking) in columns {
      blas.multiply(
        asked.matrix(columns: asking), self[value.weight].matrix[rows: own].transposed,
        into: result.value.matrix(columns: own))
    }
    add(row: self[value.bias], toEachRowOf: result.value)
    arena.takeBack(asked)
    return result
  }

  /// `a[h, :] ← Σ_t softmax_t(scale · a[h, :] · x[t, :]) · x[t, :]` of each row, for each head h.
  private func replaceByMeans(
    _ asked: Tensor, of x: Tensor, in rows: JoinedRows, heads: Int, scale: Float
  ) {
    let room = AttentionRoom(
      columns: x.columns, longest: rows.longest, queries: heads, flipping: 1, blocks: 1, on: self)
    let statistics = arena.tensor(rows: heads, columns: 2)
    for row in 0..<rows.count {
      let words = rows.words(ofRow: row)
      let own = asked[rows: row..<row + 1].reshaped(rows: heads, columns: x.columns)
      let weights = room.scores(heads, words.count, at: 0)
      multiplySmall(own.matrix, room.flip(x, words, at: 0).matrix, into: weights.matrix)
      softmaxScores(of: weights, count: words.count, scale: scale, keeping: statistics)
      multiplySmall(
        weights.matrix(columns: 0..<words.count), x.matrix[rows: words], into: own.matrix)
    }
    arena.takeBack(statistics)
    room.takeBack(on: self)
  }
}
