import Tensors

/// Filters of several widths, laid out so that each tap is one product for all that have it.
///
/// Its sending is unchecked: nobody writes it after it was made.
struct FilterBank: @unchecked Sendable {
  /// The widest first.
  let groups: [FilterGroup]
  /// The filters of all groups.
  let count: Int
  /// Values of the vector of a word.
  private let channels: Int
  /// For each tap the pieces of its weights, [some of c, the filters that have it], whose sums are added
  /// up.
  private let taps: [[LaidOutMatrix]]

  init(
    _ filters: [WindowFilters], _ parameters: ParameterBuffer, in arena: Arena,
    _ operand: (Matrix) -> LaidOutMatrix
  ) {
    let channels = filters.first.map { $0.weight.rows / $0.count } ?? 0
    self.channels = channels
    count = filters.reduce(0) { $0 + $1.count }
    let tapCount = filters.reduce(0) { max($0, $1.width) }
    // Each filter as the words of a window lie; what a narrow one lacks is not set.
    let weight = arena.tensor(rows: count, columns: tapCount * channels)
    let rows = weight.reshaped(rows: count * tapCount, columns: channels)
    var ends: [Int] = []
    for group in filters { ends.append((ends.last ?? 0) + group.count) }
    var groups: [FilterGroup] = []
    for (filters, end) in zip(filters, ends).sorted(by: { $1.0.width < $0.0.width }) {
      let start = groups.last?.sumColumns.upperBound ?? 0
      let places = start..<start + filters.count
      groups.append(
        FilterGroup(
          filters, columns: end - filters.count..<end, sumColumns: places,
          taps: rows[rows: places.lowerBound * tapCount..<places.upperBound * tapCount],
          parameters))
    }
    self.groups = groups
    taps = (0..<tapCount).map { tap in
      let filters = 0..<(groups.last { $0.filters.width > tap }?.sumColumns.upperBound ?? 0)
      return stride(from: 0, to: channels, by: ExactProducts.blockDepth).map { first in
        let piece = first..<min(channels, first + ExactProducts.blockDepth)
        return operand(
          weight.matrix(
            rows: filters,
            columns: tap * channels + piece.lowerBound..<tap * channels + piece.upperBound
          ).transposed)
      }
    }
  }

  /// [words, filters] the answers to the windows that start at each word, without the biases.
  ///
  /// Those of windows that reach into the next row mean nothing.
  func sums(of x: Tensor, on tape: Tape) -> Tensor {
    precondition(x.columns == channels, "\(x.columns) channels, not \(channels)")
    let sums = tape.arena.tensor(rows: x.rows, columns: count)
    for (tap, pieces) in taps.enumerated() {
      var channel = 0
      for piece in pieces {
        tape.products.multiply(
          x.matrix(rows: tap..<x.rows, columns: channel..<channel + piece.rows), piece,
          into: sums.matrix(rows: 0..<x.rows - tap, columns: 0..<piece.columns),
          adding: tap > 0 || channel > 0)
        channel += piece.rows
      }
    }
    return sums
  }
}

extension Tape {
  /// The weights of filters, laid out by this step or before it.
  func bank(of filters: [WindowFilters]) -> FilterBank {
    if let bank = inferenceWeights?[filters] { return bank }
    func make(_ arena: Arena) -> FilterBank {
      FilterBank(filters, stepParameters, in: arena) { products.operand($0, in: arena) }
    }
    return stepWeights?.filters.layout(of: filters, make) ?? make(arena)
  }
}

/// The filters of one width.
struct FilterGroup {
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
    _ parameters: ParameterBuffer
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
        parameters[filters.weight].matrix[rows: rows(of: filter)].transposed,
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
