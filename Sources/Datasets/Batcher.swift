/// Puts rows of like length into one batch, so that little of it is padding.
package struct Batcher: Sendable {
  /// The length of each row, per token column; rows are put together by the first column first.
  private let lengths: [[Int32]]
  private let limit: BatchLimit
  /// How many shuffled rows are sorted by length together; nil: all of them.
  private let pool: Int?
  private var rowCount: Int { lengths[0].count }

  package init(lengths: [[Int32]], limit: BatchLimit, pool: Int? = nil) {
    precondition(!lengths.isEmpty, "rows without a token column cannot be batched")
    for column in lengths {
      precondition(
        column.count == lengths[0].count,
        "columns of \(lengths[0].count) and \(column.count) rows in one dataset")
    }
    precondition(pool ?? 1 > 0, "a pool of \(pool ?? 1) rows")
    self.lengths = lengths
    self.limit = limit
    self.pool = pool
  }

  /// The batches of one epoch of training: a function of the random numbers alone.
  ///
  /// Rows are permuted, sorted by length (ties keep their random order) pool by pool, cut into
  /// batches, and the batches are permuted: fairseq's order when the pool is the whole dataset.
  package func shuffled(using random: inout some RandomNumberGenerator) -> Batches {
    var rows = Array(0..<Int32(rowCount))
    permute(&rows, using: &random)
    let size = pool ?? max(1, rowCount)
    var starts: [Int] = []
    for start in stride(from: 0, to: rowCount, by: size) {
      let end = min(start + size, rowCount)
      sortByLength(&rows, start..<end)
      cut(rows, start..<end, into: &starts)
    }
    var order = Array(0..<starts.count)
    permute(&order, using: &random)
    var shuffled: [Int32] = []
    shuffled.reserveCapacity(rowCount)
    var bounds = [0]
    for batch in order {
      let end = batch + 1 < starts.count ? starts[batch + 1] : rowCount
      shuffled += rows[starts[batch]..<end]
      bounds.append(shuffled.count)
    }
    return Batches(rows: shuffled, bounds: bounds)
  }

  /// The batches of an evaluation: shortest rows first, ties in dataset order.
  package func ordered() -> Batches {
    var rows = Array(0..<Int32(rowCount))
    sortByLength(&rows, 0..<rowCount)
    var starts: [Int] = []
    cut(rows, 0..<rowCount, into: &starts)
    return Batches(rows: rows, bounds: starts + [rowCount])
  }

  /// Appends where each batch of a sorted stretch of rows begins.
  private func cut(_ rows: [Int32], _ stretch: Range<Int>, into starts: inout [Int]) {
    var longest = 0
    var start = stretch.lowerBound
    for position in stretch {
      let length = lengths.reduce(0) { max($0, Int($1[Int(rows[position])])) }
      longest = max(longest, length)
      if !limit.admits(rows: position - start + 1, longest: longest) {
        starts.append(start)
        (start, longest) = (position, length)
      }
    }
    if start < stretch.upperBound { starts.append(start) }
  }

  /// Sorts a stretch of rows by the columns' lengths; rows of equal lengths keep their order.
  private func sortByLength(_ rows: inout [Int32], _ stretch: Range<Int>) {
    for column in lengths.reversed() {
      let longest = rows[stretch].reduce(0) { max($0, Int(column[Int($1)])) }
      var next = [Int](repeating: 0, count: longest + 2)
      for row in rows[stretch] { next[Int(column[Int(row)]) + 1] += 1 }
      next[0] = stretch.lowerBound
      for length in 1..<next.count { next[length] += next[length - 1] }
      let unsorted = Array(rows[stretch])
      for row in unsorted {
        let length = Int(column[Int(row)])
        rows[next[length]] = row
        next[length] += 1
      }
    }
  }

  /// A Fisher–Yates shuffle of our own, because trained bytes depend on the order.
  private func permute<Element>(
    _ elements: inout [Element], using random: inout some RandomNumberGenerator
  ) {
    for last in stride(from: elements.count - 1, to: 0, by: -1) {
      let other = random.next().multipliedFullWidth(by: UInt64(last + 1)).high
      elements.swapAt(last, Int(other))
    }
  }
}
