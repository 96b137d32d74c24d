import Tensors

/// The result of attention: the context of each target word, and the weights it was summed with.
package struct AttentionOutput {
  /// [target rows, d], packed.
  package let context: Variable
  /// For each sentence [target words, source words], one after the other, times √(source words).
  private let weights: Tensor
  private let source: Sentences
  private let target: Sentences

  fileprivate init(context: Variable, weights: Tensor, source: Sentences, target: Sentences) {
    self.context = context
    self.weights = weights
    self.source = source
    self.target = target
  }

  /// Adds `factor` times the attention of one sentence to `sum`: [its words, the source's words].
  package func add(sentence: Int, times factor: Float, into sum: Tensor) {
    var first = 0
    for earlier in 0..<sentence { first += area(of: earlier) }
    let part = weights[rows: first..<first + area(of: sentence)]
    let root = Float(source.words(of: sentence).count).squareRoot()
    scale(part, by: factor / root, into: sum, adding: true)
  }

  private func area(of sentence: Int) -> Int {
    target.words(of: sentence).count * source.words(of: sentence).count
  }
}

extension Tape {
  /// `a = softmax(q · kᵀ)`, `y = a · v · √s` in each sentence; s is the number of its source words.
  ///
  /// - Parameters:
  ///   - queries: [target rows, d], packed.
  ///   - keys, values: [source rows, d], sentence by sentence.
  package func attend(
    _ queries: Variable, keys: Variable, values: Variable, source: Sentences, target: Sentences
  ) -> AttentionOutput {
    precondition(source.count == target.count, "\(target.count) sentences from \(source.count)")
    let areas = (0..<source.count).map {
      SentenceAttention(rows: target.rows(of: $0), columns: source.words(of: $0))
    }
    let weights = arena.tensor(rows: areas.reduce(0) { $0 + $1.area }, columns: 1)
    let context = variable(rows: target.wordCount, columns: values.columns)
    let room = sentenceRoom(areas, columns: values.columns)
    var first = 0
    for area in areas {
      let scores = area.tensor(in: weights, from: first)
      let keyRows = keys.value[rows: area.columns].matrix
      blas.multiply(
        area.gather(queries.value, in: room).matrix, keyRows.transposed, into: scores.matrix)
      softmaxRows(of: scores, times: area.root)
      let found = room[rows: 0..<area.rows.count]
      blas.multiply(scores.matrix, values.value[rows: area.columns].matrix, into: found.matrix)
      scatter(found, intoRows: area.rows, of: context.value)
      first += area.area
    }
    record(gradientOf: context) { tape, dy in
      tape.addAttentionGradient(
        dy, areas: areas, weights: weights, queries: queries, keys: keys, values: values)
    }
    return AttentionOutput(context: context, weights: weights, source: source, target: target)
  }

  private func addAttentionGradient(
    _ dy: Tensor, areas: [SentenceAttention], weights: Tensor, queries: Variable, keys: Variable,
    values: Variable
  ) {
    let (dq, addsQ) = incomingGradient(of: queries)
    let (dk, addsK) = incomingGradient(of: keys)
    let (dv, addsV) = incomingGradient(of: values)
    let slopes = arena.tensor(rows: areas.reduce(0) { max($0, $1.area) }, columns: 1)
    let (slopeRoom, queryRoom) = (
      sentenceRoom(areas, columns: dy.columns), sentenceRoom(areas, columns: dq.columns)
    )
    var first = 0
    for area in areas {
      let scores = area.tensor(in: weights, from: first)
      let slope = area.tensor(in: slopes, from: 0)
      let dyRows = area.gather(dy, in: slopeRoom).matrix
      blas.multiply(dyRows, values.value[rows: area.columns].matrix.transposed, into: slope.matrix)
      softmaxRowsGradient(of: scores, times: area.root, into: slope)
      // Keys before values, as their gradients were asked for: keys and values may be one variable,
      // and then the first product may overwrite the gradient and the second must add to it.
      blas.multiply(
        slope.matrix.transposed, area.gather(queries.value, in: queryRoom).matrix,
        into: dk[rows: area.columns].matrix, adding: addsK)
      blas.multiply(
        scores.matrix.transposed, dyRows, into: dv[rows: area.columns].matrix, adding: addsV)
      let dqRows = queryRoom[rows: 0..<area.rows.count]
      blas.multiply(slope.matrix, keys.value[rows: area.columns].matrix, into: dqRows.matrix)
      scatter(dqRows, intoRows: area.rows, of: dq, adding: addsQ)
      first += area.area
    }
  }

  /// Memory for a row for each word of the longest sentence.
  private func sentenceRoom(_ areas: [SentenceAttention], columns: Int) -> Tensor {
    arena.tensor(rows: areas.reduce(0) { max($0, $1.rows.count) }, columns: columns)
  }
}

/// The rows and columns of one sentence's attention.
private struct SentenceAttention {
  let rows: Indices
  let columns: Range<Int>

  var area: Int { rows.count * columns.count }
  var root: Float { Float(columns.count).squareRoot() }

  /// Copies the rows of this sentence out of those of all sentences.
  func gather(_ words: Tensor, in room: Tensor) -> Tensor {
    let own = room[rows: 0..<rows.count]
    Tensors.gather(rows: rows, of: words, into: own)
    return own
  }

  func tensor(in memory: Tensor, from first: Int) -> Tensor {
    memory[rows: first..<first + area].reshaped(rows: rows.count, columns: columns.count)
  }
}
