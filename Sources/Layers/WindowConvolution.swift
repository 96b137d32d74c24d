import Tensors

/// Filters that read windows of so many words, in PyTorch's shapes; m is how many there are.
package struct WindowFilters: Hashable, Sendable {
  /// [m, c, width], seen as [m · c, width].
  package let weight: Parameter
  /// [m].
  package let bias: Parameter

  package init(weight: Parameter, bias: Parameter) {
    self.weight = weight
    self.bias = bias
  }

  package var width: Int { weight.columns }
  package var count: Int { bias.rows * bias.columns }
}

extension Tape {
  /// The largest answer of each filter in each row: `y[r, f] = max_t Σ_j x[t + j] · w_f[j] + b_f`.
  ///
  /// Windows lie within the real words of their row. A row that is shorter than a filter has one
  /// window, filled up with padding. The result is [rows, filters], in the order of the filters.
  ///
  /// Only the window that won has a gradient, and only where the loss depends on it: after ReLU and
  /// dropout most of `dy` is zero, so the way back costs a small part of the way forward.
  ///
  /// - Parameter x: [words, c], in rows that are at least as long as the widest filter.
  package func largestAnswers(
    to x: Variable, in rows: JoinedRows, filters: [WindowFilters]
  ) -> Variable {
    precondition(x.rows == rows.ids.count, "\(x.rows) words of \(rows.ids.count)")
    let bank = bank(of: filters)
    let sums = bank.sums(of: x.value, on: self)
    let result = variable(rows: rows.count, columns: bank.count)
    let winners = arena.indices(count: result.value.count)
    for row in 0..<rows.count {
      let first = row * bank.count
      for group in bank.groups {
        let range = first + group.columns.lowerBound..<first + group.columns.upperBound
        let best = result.value.reshaped(rows: winners.count, columns: 1)[rows: range]
        largestValues(
          of: sums, rows: rows.windows(ofRow: row, width: group.filters.width),
          columns: group.sumColumns, into: best, winners: winners[range])
        add(self[group.filters.bias], into: best)
      }
    }
    record(gradientOf: result) { tape, dy in
      let (dx, adds) = tape.incomingGradient(of: x)
      if !adds { dx.fill(0) }
      for group in bank.groups {
        group.addGradient(dy, of: x.value, winners: winners, into: dx, on: tape)
      }
    }
    return result
  }
}

extension JoinedRows {
  /// The first words of the windows of a row.
  fileprivate func windows(ofRow row: Int, width: Int) -> Range<Int> {
    let start = words(ofRow: row).lowerBound
    return start..<start + max(1, lengths[row] - width + 1)
  }
}
