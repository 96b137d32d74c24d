import Tensors

/// Which neighbours of a word a convolution reads.
package enum Reach: Hashable, Sendable {
  /// As many before it as after it; one more after it when the width is even.
  case centered
  /// The word itself and words before it.
  case causal

  /// How many words before its own the first of `width` taps reads.
  package func wordsBefore(width: Int) -> Int {
    switch self {
    case .centered: (width - 1) / 2
    case .causal: width - 1
    }
  }
}

extension Tape {
  /// A convolution over time and a gated linear unit: x[r, c] to [r, d], a row for each word.
  ///
  /// `z[t] = Σ_j x[t − before + j] · w[j] + b`, then `y = z[0..<d] · σ(z[d..<2d])`. Packed steps
  /// lie one below the other, so each tap is a few large products of input rows a fixed distance
  /// from the output rows. Inputs beyond the ends of a sentence count as zero and cost nothing.
  ///
  /// - Parameters:
  ///   - weight: [k · c, 2d], the taps one below the other.
  ///   - bias: [2d].
  package func gatedConvolution(
    _ x: Variable, weight: Variable, bias: Parameter, packing: Packing, reach: Reach
  ) -> Variable {
    precondition(x.rows == packing.count, "\(x.rows) rows for \(packing.count) words")
    let taps = convolutionTaps(weight.value, inputWidth: x.columns, packing, reach)
    let sums = arena.tensor(rows: x.rows, columns: weight.columns)
    let result = variable(rows: x.rows, columns: weight.columns / 2)
    for (index, tap) in taps.enumerated() {
      withOperand(tap.weight.matrix) { operand in
        for rows in tap.products {
          products.multiply(
            x.value.matrix[rows: rows.input], operand, into: sums.matrix[rows: rows.output],
            adding: index > 0)
        }
      }
    }
    gatedLinearUnit(sums, bias: self[bias], into: result.value)
    record(gradientOf: result) { tape, dy in
      gatedLinearUnitGradient(dy, into: sums)
      add(rowsOf: sums, into: tape.gradient(of: bias))
      let (dw, addsWeight) = tape.incomingGradient(of: weight)
      if !addsWeight { dw.fill(0) }
      let (dx, adds) = tape.incomingGradient(of: x)
      tape.products.addProducts(
        ofTransposed: x.value.matrix, sums.matrix,
        taps.map { tap in
          TransposedPart(
            tap.products.map { (a: $0.input, b: $0.output) }, into: dw[rows: tap.rows].matrix)
        })
      for (index, tap) in taps.enumerated() {
        tape.withOperand(tap.weight.matrix.transposed) { operand in
          for rows in tap.products {
            tape.products.multiply(
              sums.matrix[rows: rows.output], operand, into: dx.matrix[rows: rows.input],
              adding: adds || index > 0)
          }
        }
      }
    }
    return result
  }
}

/// One of the `width` places of a convolution's window.
private struct ConvolutionTap {
  /// Its rows of the weight.
  let rows: Range<Int>
  let weight: Tensor
  /// The rows each product reads, and those it adds to.
  let products: [(input: Range<Int>, output: Range<Int>)]
}

/// The taps of a convolution; first the one of the word itself, since it sets every output row.
private func convolutionTaps(
  _ weight: Tensor, inputWidth: Int, _ packing: Packing, _ reach: Reach
) -> [ConvolutionTap] {
  precondition(
    weight.rows.isMultiple(of: inputWidth) && weight.columns.isMultiple(of: 2),
    "a convolution [\(weight.rows), \(weight.columns)] of \(inputWidth) channels")
  let width = weight.rows / inputWidth
  let own = reach.wordsBefore(width: width)
  return ([own] + (0..<width).filter { $0 != own }).map { index in
    let rows = index * inputWidth..<(index + 1) * inputWidth
    let pairs = packing.pairs(distance: abs(index - own))
    return ConvolutionTap(
      rows: rows, weight: weight[rows: rows],
      products: pairs.map { index < own ? ($0.earlier, $0.later) : ($0.later, $0.earlier) })
  }
}
