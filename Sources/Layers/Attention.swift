import Tensors

/// What attention takes from the other sentences, and how much of each of their words.
package struct Attended {
  /// [target rows, d].
  package let context: Variable
  /// One [words of the target, words of the source] after the other, times √(words of the source).
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
    let root = Float(source.rows(of: sentence).count).squareRoot()
    scale(part, by: factor / root, into: sum, adding: true)
  }

  private func area(of sentence: Int) -> Int {
    target.rows(of: sentence).count * source.rows(of: sentence).count
  }
}

extension Tape {
  /// `a = softmax(q · kᵀ)`, `y = a · v · √s` in each sentence, s being the words of its source.
  ///
  /// - Parameters:
  ///   - queries: [target rows, d].
  ///   - keys, values: [source rows, d].
  package func attend(
    _ queries: Variable, keys: Variable, values: Variable, source: Sentences, target: Sentences
  ) -> Attended {
    precondition(source.count == target.count, "\(target.count) sentences from \(source.count)")
    let areas = (0..<source.count).map {
      AttendedSentence(rows: target.rows(of: $0), columns: source.rows(of: $0))
    }
    let weights = arena.tensor(rows: areas.reduce(0) { $0 + $1.area }, columns: 1)
    let context = variable(rows: target.rowCount, columns: values.columns)
    target.clearGaps(of: context.value)
    var first = 0
    for area in areas {
      let scores = area.tensor(in: weights, from: first)
      multiply(
        queries.value[rows: area.rows].matrix, keys.value[rows: area.columns].matrix.transposed,
        into: scores.matrix)
      softmaxRows(of: scores, times: area.root)
      multiply(
        scores.matrix, values.value[rows: area.columns].matrix,
        into: context.value[rows: area.rows].matrix)
      first += area.area
    }
    record(gradientOf: context) { tape, dy in
      tape.addAttentionGradient(
        dy, areas: areas, weights: weights, queries: (queries, target), keys: (keys, source),
        values: (values, source))
    }
    return Attended(context: context, weights: weights, source: source, target: target)
  }

  private func addAttentionGradient(
    _ dy: Tensor, areas: [AttendedSentence], weights: Tensor,
    queries: (Variable, Sentences), keys: (Variable, Sentences), values: (Variable, Sentences)
  ) {
    let (dq, addsQ) = incomingGradient(of: queries.0)
    let (dk, addsK) = incomingGradient(of: keys.0)
    let (dv, addsV) = incomingGradient(of: values.0)
    if !addsQ { queries.1.clearGaps(of: dq) }
    if !addsK { keys.1.clearGaps(of: dk) }
    if !addsV { values.1.clearGaps(of: dv) }
    let room = arena.tensor(rows: areas.reduce(0) { max($0, $1.area) }, columns: 1)
    var first = 0
    for area in areas {
      let scores = area.tensor(in: weights, from: first)
      let slope = area.tensor(in: room, from: 0)
      let dyRows = dy[rows: area.rows].matrix
      multiply(dyRows, values.0.value[rows: area.columns].matrix.transposed, into: slope.matrix)
      multiply(
        scores.matrix.transposed, dyRows, into: dv[rows: area.columns].matrix, adding: addsV)
      softmaxRowsGradient(of: scores, times: area.root, into: slope)
      multiply(
        slope.matrix, keys.0.value[rows: area.columns].matrix, into: dq[rows: area.rows].matrix,
        adding: addsQ)
      multiply(
        slope.matrix.transposed, queries.0.value[rows: area.rows].matrix,
        into: dk[rows: area.columns].matrix, adding: addsK)
      first += area.area
    }
  }
}

/// The rows and columns of one sentence's attention.
private struct AttendedSentence {
  let rows: Range<Int>
  let columns: Range<Int>

  var area: Int { rows.count * columns.count }
  var root: Float { Float(columns.count).squareRoot() }

  func tensor(in memory: Tensor, from first: Int) -> Tensor {
    memory[rows: first..<first + area].reshaped(rows: rows.count, columns: columns.count)
  }
}
