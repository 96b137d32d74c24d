import Glibc
import Tensors

extension Tape {
  /// `y[r, :] = Σ_t a[r, t] · x[(t, r), :]` with `a[r, :] = softmax_t(k[(t, r), :] · q)`.
  ///
  /// The mean of a row's values by how well their keys fit a query that is learnt (Yang et al. 2016);
  /// [rows of the batch, d].
  ///
  /// - Parameters:
  ///   - keys: [p, e], packed as x is.
  ///   - query: [e].
  package func attentionOverTime(
    _ x: Variable, keys: Variable, query: Parameter, packing: Packing
  ) -> Variable {
    precondition(keys.rows == x.rows, "\(keys.rows) keys of \(x.rows) values")
    let weights = arena.tensor(rows: x.rows, columns: 1)
    let column = self[query].reshaped(rows: keys.columns, columns: 1)
    blas.multiply(keys.value.matrix, column.matrix, into: weights.matrix)
    softmaxOverTime(weights, packing)
    let result = variable(rows: packing.rowCount, columns: x.columns)
    result.value.fill(0)
    packing.forEachValue { row, position in
      scale(
        x.value[rows: position..<position + 1], by: weights[position],
        into: result.value[rows: row..<row + 1], adding: true)
    }
    record(gradientOf: result) { tape, dy in
      let slopes = tape.arena.tensor(rows: x.rows, columns: 1)
      packing.forEachValue { row, position in
        slopes[position] = innerProduct(
          dy[rows: row..<row + 1], x.value[rows: position..<position + 1])
      }
      tape.softmaxOverTimeGradient(of: weights, into: slopes, packing)
      let (dx, addsX) = tape.incomingGradient(of: x)
      packing.forEachValue { row, position in
        scale(
          dy[rows: row..<row + 1], by: weights[position], into: dx[rows: position..<position + 1],
          adding: addsX)
      }
      let (dk, addsKeys) = tape.incomingGradient(of: keys)
      tape.blas.multiply(
        slopes.matrix, column.matrix.transposed, into: dk.matrix, adding: addsKeys)
      tape.blas.multiply(
        slopes.matrix.transposed, keys.value.matrix,
        into: tape.gradient(of: query).reshaped(rows: 1, columns: keys.columns).matrix,
        adding: true)
    }
    return result
  }

  /// Turns the scores of all values into the softmax of each row's, in place.
  private func softmaxOverTime(_ scores: Tensor, _ packing: Packing) {
    let (largest, sums) = (
      arena.tensor(rows: packing.rowCount, columns: 1),
      arena.tensor(rows: packing.rowCount, columns: 1)
    )
    largest.fill(-.infinity)
    sums.fill(0)
    packing.forEachValue { row, position in largest[row] = max(largest[row], scores[position]) }
    packing.forEachValue { row, position in
      scores[position] = exp(scores[position] - largest[row])
      sums[row] += scores[position]
    }
    packing.forEachValue { row, position in scores[position] /= sums[row] }
  }

  /// Turns the gradients of the weights into those of the scores: `ds = a · (da − Σ_t a · da)`.
  private func softmaxOverTimeGradient(
    of weights: Tensor, into slopes: Tensor, _ packing: Packing
  ) {
    let means = arena.tensor(rows: packing.rowCount, columns: 1)
    means.fill(0)
    packing.forEachValue { row, position in means[row] += weights[position] * slopes[position] }
    packing.forEachValue { row, position in
      slopes[position] = weights[position] * (slopes[position] - means[row])
    }
  }
}
