import Tensors

/// Rows of different lengths, laid out time step by time step, longest row first, without padding.
///
/// Step t holds the t-th value of every row that is longer than t.
package struct Packing {
  /// The row of the batch at each place of a step.
  package let order: Indices
  private let lengths: Indices
  /// Where each step starts, and at the end where the last one stops.
  private let starts: Indices

  /// The steps of the longest row.
  package var stepCount: Int { starts.count - 1 }
  package var rowCount: Int { order.count }
  /// The values of all rows together.
  package var count: Int { starts[stepCount] }

  /// Where the values of a step lie.
  package func range(ofStep step: Int) -> Range<Int> { starts[step]..<starts[step + 1] }

  /// The length of the row at a place of every step.
  package func length(ofPlace place: Int) -> Int { lengths[place] }

  /// Gives the row of the batch and the place of every value, step by step.
  func forEachValue(_ body: (_ row: Int, _ position: Int) -> Void) {
    for step in 0..<stepCount {
      for (place, position) in range(ofStep: step).enumerated() { body(order[place], position) }
    }
  }

  /// The places of all pairs of values of a row that are `distance` steps apart.
  ///
  /// The n-th place of an earlier range and the n-th of its later range are such a pair. There are as
  /// few ranges as possible.
  package func pairs(distance: Int) -> [(earlier: Range<Int>, later: Range<Int>)] {
    var pairs: [(earlier: Range<Int>, later: Range<Int>)] = []
    for step in 0..<max(0, stepCount - distance) {
      let later = range(ofStep: step + distance)
      let earlier = range(ofStep: step).prefix(later.count)
      if let last = pairs.last, last.earlier.upperBound == earlier.lowerBound {
        pairs[pairs.count - 1] = (
          last.earlier.lowerBound..<earlier.upperBound, last.later.lowerBound..<later.upperBound
        )
      } else {
        pairs.append((earlier, later))
      }
    }
    return pairs
  }

  fileprivate init(order: Indices, lengths: Indices, starts: Indices) {
    self.order = order
    self.lengths = lengths
    self.starts = starts
  }
}

extension Tape {
  /// The packing of rows of these lengths; rows of the same length keep their order.
  package func pack(lengths: [Int32]) -> Packing {
    let longest = Int(lengths.max() ?? 0)
    precondition(lengths.allSatisfy { $0 > 0 }, "a row without tokens cannot be packed")
    let starts = arena.indices(count: longest + 1)
    let order = arena.indices(count: lengths.count)
    let sortedLengths = arena.indices(count: lengths.count)
    // places[l] becomes how many rows are longer than l: the first place of a row of length l.
    let places = arena.indices(count: longest + 1)
    for length in 0...longest { places[length] = 0 }
    for length in lengths { places[Int(length) - 1] += 1 }
    for length in stride(from: longest - 1, to: 0, by: -1) { places[length - 1] += places[length] }
    starts[0] = 0
    for step in 0..<longest { starts[step + 1] = starts[step] + places[step] }
    for (index, length) in lengths.enumerated() {
      let place = places[Int(length)]
      order[place] = index
      sortedLengths[place] = Int(length)
      places[Int(length)] += 1
    }
    return Packing(order: order, lengths: sortedLengths, starts: starts)
  }
}
