import Tensors

extension Tape {
  /// `y = softmax(q · kᵀ / √d) · v` within each row, for each head by itself.
  ///
  /// By Vaswani and others (2017). A head reads d neighbouring columns. The weights are not kept for the gradient but computed again
  /// a few words at a time, so that memory grows with the words and not with their square.
  ///
  /// - Parameters:
  ///   - queries: [words, heads · d], or only those of each row's first word, [rows, heads · d].
  ///   - keys, values: [words, heads · d].
  ///   - dropProbability: of the weights.
  package func attend(
    _ queries: Variable, keys: Variable, values: Variable, in rows: JoinedRows, heads: Int,
    dropProbability: Float
  ) -> Variable {
    let result = variable(
      rows: queries.rows, columns: values.columns,
      needsGradient: queries.needsGradient || keys.needsGradient || values.needsGradient)
    let attention = SelfAttention(
      queries, keys, values, rows, heads: heads,
      dropProbability: isRecording && isDropping ? dropProbability : 0, on: self)
    attention.forward(into: result.value, on: self)
    if !result.needsGradient { arena.takeBack(attention.statistics) }
    record(gradientOf: result) { tape, dy in attention.addGradient(dy, on: tape) }
    return result
  }
}

/// The attention of all heads within joined rows.
private struct SelfAttention {
  /// The words whose weights are computed at a time.
  private static let blockSize = 32

  private let queries: Variable
  private let keys: Variable
  private let values: Variable
  private let rows: JoinedRows
  private let heads: Int
  private let dropProbability: Float
  /// Where the masks of dropout begin.
  private let random: RandomSource
  /// [queries · heads, 2] what the weights are computed from again.
  let statistics: Tensor

  /// Columns of a head.
  private var headWidth: Int { queries.columns / heads }
  private var scale: Float { 1 / Float(headWidth).squareRoot() }
  private var hasAllQueries: Bool { queries.rows == keys.rows }

  init(
    _ queries: Variable, _ keys: Variable, _ values: Variable, _ rows: JoinedRows, heads: Int,
    dropProbability: Float, on tape: Tape
  ) {
    precondition(
      (queries.rows == keys.rows || queries.rows == rows.count) && keys.rows == rows.ids.count
        && values.rows == keys.rows && queries.columns % heads == 0
        && queries.columns == keys.columns && values.columns == keys.columns,
      """
      queries [\(queries.rows), \(queries.columns)], keys [\(keys.rows), \(keys.columns)], values \
      [\(values.rows), \(values.columns)] of \(heads) heads in \(rows.count) rows
      """)
    (self.queries, self.keys, self.values, self.rows) = (queries, keys, values, rows)
    self.heads = heads
    self.dropProbability = dropProbability
    random = tape.random
    statistics = tape.arena.tensor(rows: queries.rows * heads, columns: 2)
  }

  func forward(into y: Tensor, on tape: Tape) {
    let room = AttentionRoom(
      columns: keys.columns, longest: rows.longest, queries: Self.blockSize, flipping: 1, blocks: 1,
      on: tape)
    forEachRow { words, asking in
      let flippedKeys = room.flip(keys.value, words, at: 0)
      forEachBlock(of: asking) { block, columns, statistics in
        let weights = room.scores(block.count, words.count, at: 0)
        multiplySmall(
          queries.value.matrix(rows: block, columns: columns), flippedKeys.matrix[rows: columns],
          into: weights.matrix)
        softmaxScores(of: weights, count: words.count, scale: scale, keeping: statistics)
        if dropProbability > 0 {
          tape.random.dropOut(weights, dropProbability: dropProbability, into: weights)
        }
        multiplySmall(
          weights.matrix(columns: 0..<words.count),
          values.value.matrix(rows: words, columns: columns),
          into: y.matrix(rows: block, columns: columns))
      }
    }
    room.takeBack(on: tape)
  }

  func addGradient(_ dy: Tensor, on tape: Tape) {
    let dq = sum(of: queries, on: tape)
    let dk = sum(of: keys, on: tape)
    let dv = sum(of: values, on: tape)
    let room = AttentionRoom(
      columns: keys.columns, longest: rows.longest, queries: Self.blockSize, flipping: 2, blocks: 3,
      on: tape)
    var random = random
    forEachRow { words, asking in
      let flippedKeys = room.flip(keys.value, words, at: 0)
      let flippedValues = room.flip(values.value, words, at: 1)
      let real = 0..<words.count
      forEachBlock(of: asking) { block, columns, statistics in
        let weights = room.scores(block.count, words.count, at: 0)
        let slopes = room.scores(block.count, words.count, at: 1)
        let asked = queries.value.matrix(rows: block, columns: columns)
        let incoming = dy.matrix(rows: block, columns: columns)
        multiplySmall(asked, flippedKeys.matrix[rows: columns], into: weights.matrix)
        restoreSoftmax(of: weights, count: words.count, scale: scale, from: statistics)
        multiplySmall(incoming, flippedValues.matrix[rows: columns], into: slopes.matrix)
        var used = weights
        if dropProbability > 0 {
          var again = random
          used = room.scores(block.count, words.count, at: 2)
          random.dropOut(weights, dropProbability: dropProbability, into: used)
          again.dropOut(slopes, dropProbability: dropProbability, into: slopes)
        }
        multiplySmall(
          used.matrix(columns: real).transposed, incoming,
          into: dv.matrix(rows: words, columns: columns), adding: true)
        softmaxScoresGradient(of: weights, scale: scale, into: slopes)
        multiplySmall(
          slopes.matrix(columns: real), keys.value.matrix(rows: words, columns: columns),
          into: dq.matrix(rows: block, columns: columns), adding: true)
        multiplySmall(
          slopes.matrix(columns: real).transposed, asked,
          into: dk.matrix(rows: words, columns: columns), adding: true)
      }
    }
    room.takeBack(on: tape)
  }

  /// Where the gradient of a variable is added.
  private func sum(of x: Variable, on tape: Tape) -> Tensor {
    let (dx, adds) = tape.incomingGradient(of: x)
    if !adds { dx.fill(0) }
    return dx
  }

  /// Gives the words of each row, and the rows of its queries.
  private func forEachRow(_ body: (_ words: Range<Int>, _ asking: Range<Int>) -> Void) {
    for row in 0..<rows.count {
      let words = rows.words(ofRow: row)
      body(words, hasAllQueries ? words : row..<row + 1)
    }
  }

  /// Gives the queries of each head, a few at a time, with the head's columns and their statistics.
  private func forEachBlock(
    of asking: Range<Int>,
    _ body: (_ block: Range<Int>, _ columns: Range<Int>, _ statistics: Tensor) -> Void
  ) {
    for head in 0..<heads {
      let columns = head * headWidth..<(head + 1) * headWidth
      for start in stride(from: asking.lowerBound, to: asking.upperBound, by: Self.blockSize) {
        let block = start..<min(asking.upperBound, start + Self.blockSize)
        let first = asking.lowerBound * heads + head * asking.count + start - asking.lowerBound
        body(block, columns, statistics[rows: first..<first + block.count])
      }
    }
  }
}
