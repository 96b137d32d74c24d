import Tensors

/// Which words around a place a convolution sees.
package enum Reach: Hashable, Sendable {
  /// As many before as after it; one more after it when the width is even.
  case around
  /// Itself and those before it.
  case before

  /// How many rows before its own the first of `width` taps lies.
  package func rowsBefore(width: Int) -> Int {
    switch self {
    case .around: (width - 1) / 2
    case .before: width - 1
    }
  }

  /// The gap between sentences over which no convolution of this width reaches.
  package func gap(width: Int) -> Int {
    max(rowsBefore(width: width), width - 1 - rowsBefore(width: width))
  }
}

extension Tape {
  /// A convolution over time and a gated linear unit: x[r, c] to [r, d], no longer, no shorter.
  ///
  /// `z[t] = Σ_j x[t − before + j] · w[j] + b`, then `y = z[0..<d] · σ(z[d..<2d])`; k products of
  /// the whole batch, each moved by some rows. Words off the ends of a sentence are zero.
  ///
  /// - Parameters:
  ///   - weight: [k · c, 2d], the taps one below the other.
  ///   - bias: [2d].
  package func gatedConvolution(
    _ x: Variable, weight: Variable, bias: Parameter, sentences: Sentences, reach: Reach
  ) -> Variable {
    let taps = Taps(weight: weight.value, inputWidth: x.columns, rows: x.rows, reach: reach)
    precondition(
      sentences.gap >= reach.gap(width: taps.width) || sentences.count < 2,
      "a gap of \(sentences.gap) rows for a convolution of \(taps.width)")
    sentences.clearGaps(of: x.value)
    let sums = arena.tensor(rows: x.rows, columns: weight.columns)
    let result = variable(rows: x.rows, columns: weight.columns / 2)
    for (index, tap) in taps.enumerated() {
      multiply(
        x.value.matrix[rows: tap.input], tap.weight.matrix, into: sums.matrix[rows: tap.output],
        adding: index > 0)
    }
    gatedLinearUnit(sums, bias: self[bias], into: result.value)
    record(gradientOf: result) { tape, dy in
      gatedLinearUnitGradient(dy, into: sums)
      add(rowsOf: sums, into: tape.gradient(of: bias))
      let (dw, addsWeight) = tape.incomingGradient(of: weight)
      if !addsWeight { dw.fill(0) }
      let (dx, adds) = tape.incomingGradient(of: x)
      for (index, tap) in taps.enumerated() {
        let slope = sums.matrix[rows: tap.output]
        multiply(
          x.value.matrix[rows: tap.input].transposed, slope, into: dw[rows: tap.rows].matrix,
          adding: true)
        multiply(
          slope, tap.weight.matrix.transposed, into: dx.matrix[rows: tap.input],
          adding: adds || index > 0)
      }
      sentences.clearGaps(of: dx)
    }
    return result
  }
}

/// The taps of one convolution, the one that is not moved first because it sets every row.
private struct Taps: Sequence {
  struct Tap {
    /// Its rows of the weight.
    let rows: Range<Int>
    let weight: Tensor
    /// The rows it reads, and those it adds to.
    let input: Range<Int>
    let output: Range<Int>
  }

  let weight: Tensor
  let inputWidth: Int
  let rows: Int
  let reach: Reach

  var width: Int { weight.rows / inputWidth }

  init(weight: Tensor, inputWidth: Int, rows: Int, reach: Reach) {
    precondition(
      weight.rows.isMultiple(of: inputWidth) && weight.columns.isMultiple(of: 2),
      "a convolution [\(weight.rows), \(weight.columns)] of \(inputWidth) channels")
    self.weight = weight
    self.inputWidth = inputWidth
    self.rows = rows
    self.reach = reach
  }

  func makeIterator() -> some IteratorProtocol<Tap> {
    let before = reach.rowsBefore(width: width)
    let moved = (0..<width).filter { $0 != before && abs($0 - before) < rows }
    return ([before] + moved).map(tap).makeIterator()
  }

  private func tap(_ index: Int) -> Tap {
    let shift = index - reach.rowsBefore(width: width)
    let input = Swift.max(0, shift)..<Swift.min(rows, rows + shift)
    let range = index * inputWidth..<(index + 1) * inputWidth
    return Tap(
      rows: range, weight: weight[rows: range], input: input,
      output: input.lowerBound - shift..<input.upperBound - shift)
  }
}
