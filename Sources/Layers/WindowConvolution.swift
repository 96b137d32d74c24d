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
    let bank = FilterBank(filters, channels: x.columns, on: self)
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

/// Filters of several widths, laid out so that each tap is one product for all that have it.
private struct FilterBank {
  /// The widest first.
  let groups: [FilterGroup]
  /// The filters of all groups.
  let count: Int
  private let channels: Int
  /// [filters, taps · c] each filter as the words of a window lie; what a narrow one lacks is not set.
  private let weight: Tensor

  init(_ filters: [WindowFilters], channels: Int, on tape: Tape) {
    self.channels = channels
    count = filters.reduce(0) { $0 + $1.count }
    let tapCount = filters.reduce(0) { max($0, $1.width) }
    weight = tape.arena.tensor(rows: count, columns: tapCount * channels)
    let taps = weight.reshaped(rows: count * tapCount, columns: channels)
    var ends: [Int] = []
    for group in filters { ends.append((ends.last ?? 0) + group.count) }
    var groups: [FilterGroup] = []
    for (filters, end) in zip(filters, ends).sorted(by: { $1.0.width < $0.0.width }) {
      let start = groups.last?.sumColumns.upperBound ?? 0
      let rows = start..<start + filters.count
      groups.append(
        FilterGroup(
          filters, columns: end - filters.count..<end, sumColumns: rows,
          taps: taps[rows: rows.lowerBound * tapCount..<rows.upperBound * tapCount], on: tape))
    }
    self.groups = groups
  }

  /// [words, filters] the answers to the windows that start at each word, without the biases.
  ///
  /// Those of windows that reach into the next row mean nothing.
  func sums(of x: Tensor, on tape: Tape) -> Tensor {
    let sums = tape.arena.tensor(rows: x.rows, columns: count)
    for tap in 0..<weight.columns / channels {
      let filters = 0..<(groups.last { $0.filters.width > tap }?.sumColumns.upperBound ?? 0)
      tape.products.multiply(
        x.matrix[rows: tap..<x.rows],
        weight.matrix(rows: filters, columns: tap * channels..<(tap + 1) * channels).transposed,
        into: sums.matrix(rows: 0..<x.rows - tap, columns: filters), adding: tap > 0)
    }
    return sums
  }
}

/// The filters of one width.
private struct FilterGroup {
  let filters: WindowFilters
  /// Their columns of the result.
  let columns: Range<Int>
  /// Their columns of the sums.
  let sumColumns: Range<Int>
  /// [m · taps, c]: those of a filter one below the other, as the words of a window lie.
  private let taps: Tensor

  /// - Parameter taps: to be set.
  init(
    _ filters: WindowFilters, columns: Range<Int>, sumColumns: Range<Int>, taps: Tensor,
    on tape: Tape
  ) {
    precondition(
      filters.weight.rows == filters.count * taps.columns,
      "\(filters.count) filters [\(filters.weight.rows), …] of \(taps.columns) channels")
    self.filters = filters
    self.columns = columns
    self.sumColumns = sumColumns
    self.taps = taps
    for filter in 0..<filters.count {
      copy(
        tape[filters.weight].matrix[rows: rows(of: filter)].transposed,
        into: window(of: filter).matrix)
    }
  }

  /// The rows of a filter in the parameter.
  private func rows(of filter: Int) -> Range<Int> {
    filter * taps.columns..<(filter + 1) * taps.columns
  }

  /// [width, c] the taps of a filter.
  private func window(of filter: Int) -> Tensor {
    let first = filter * (taps.rows / filters.count)
    return taps[rows: first..<first + filters.width]
  }

  /// Adds the gradients of the input and of the parameters.
  ///
  /// - Parameters:
  ///   - dy: [rows, filters of all widths].
  ///   - winners: [rows, filters] the first word of the window that won.
  func addGradient(
    _ dy: Tensor, of x: Tensor, winners: Indices, into dx: Tensor, on tape: Tape
  ) {
    let slopes = tape.arena.tensor(rows: filters.width, columns: taps.columns)
    let (dw, db) = (tape.gradient(of: filters.weight), tape.gradient(of: filters.bias))
    for filter in 0..<filters.count {
      let weight = window(of: filter)
      slopes.fill(0)
      for row in 0..<dy.rows {
        let place = row * dy.columns + columns.lowerBound + filter
        let slope = dy[place]
        guard slope != 0 else { continue }
        let words = winners[place]..<winners[place] + filters.width
        addProductGradient(slope, of: x[rows: words], weight, into: dx[rows: words], slopes)
        db[filter] += slope
      }
      copy(slopes.matrix.transposed, into: dw.matrix[rows: rows(of: filter)], adding: true)
    }
  }
}
