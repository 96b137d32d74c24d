/// `p[i, j] ← softmax_j(scale · s[i, j])` over the first columns of each row, in place; the others are 0.
///
/// - Parameters:
///   - count: how many columns take part.
///   - statistics: [rows, 2] becomes the largest score of each row, scaled, and 1 / Σ of the powers.
package func softmaxScores(
  of s: Tensor, count: Int, scale: Float, keeping statistics: Tensor
) {
  precondition(
    0 < count && count <= s.columns && statistics.count == 2 * s.rows,
    "\(count) of \(s.columns) columns, \(statistics.count) numbers of \(s.rows) rows")
  for row in 0..<s.rows {
    let start = row &* s.columns
    let bound = s.largestScore(from: start, count: count) * scale
    let total = s.exponentiateScores(from: start, count: count, scale: scale, less: bound, times: 1)
    let share = 1 / total
    for j in stride(from: 0, to: count, by: Lanes.scalarCount) {
      let rest = s.columns &- j
      s.store(s.lanes(at: start &+ j, count: rest) * share, at: start &+ j, count: rest)
    }
    statistics[2 &* row] = bound
    statistics[2 &* row &+ 1] = share
  }
}

/// What `softmaxScores` made of the scores, computed again from what it kept.
package func restoreSoftmax(of s: Tensor, count: Int, scale: Float, from statistics: Tensor) {
  precondition(
    0 < count && count <= s.columns && statistics.count == 2 * s.rows,
    "\(count) of \(s.columns) columns, \(statistics.count) numbers of \(s.rows) rows")
  for row in 0..<s.rows {
    _ = s.exponentiateScores(
      from: row &* s.columns, count: count, scale: scale, less: statistics[2 &* row],
      times: statistics[2 &* row &+ 1])
  }
}

/// Turns `dp` into the gradient of the scores: `ds = scale · p · (dp − Σ_j p · dp)`.
///
/// - Parameter p: [rows, columns], zero where a column takes no part.
package func softmaxScoresGradient(of p: Tensor, scale: Float, into dp: Tensor) {
  precondition(
    p.rows == dp.rows && p.columns == dp.columns,
    "[\(dp.rows), \(dp.columns)] slopes of [\(p.rows), \(p.columns)]")
  for row in 0..<p.rows {
    let start = row &* p.columns
    let end = start &+ p.columns
    var sum = Lanes.zero
    for j in stride(from: start, to: end, by: Lanes.scalarCount) {
      sum.addProduct(p.lanes(at: j, count: end &- j), dp.lanes(at: j, count: end &- j))
    }
    let mean = sum.sum()
    for j in stride(from: start, to: end, by: Lanes.scalarCount) {
      let (weight, slope) = (p.lanes(at: j, count: end &- j), dp.lanes(at: j, count: end &- j))
      dp.store(weight * (slope - mean) * scale, at: j, count: end &- j)
    }
  }
}

/// 0 to 15.
private let laneNumbers = SIMD16<Int32>(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)

extension Tensor {
  /// The largest of some values of a row that ends on a whole vector or soon after them.
  @inline(__always)
  fileprivate func largestScore(from start: Int, count: Int) -> Float {
    var largest = Lanes(repeating: -.infinity)
    let whole = count / Lanes.scalarCount * Lanes.scalarCount
    for j in stride(from: 0, to: whole, by: Lanes.scalarCount) {
      let x = lanes(at: start &+ j)
      largest.replace(with: x, where: x .> largest)
    }
    if whole < count {
      let x = lanes(at: start &+ whole, count: columns &- whole)
        .replacing(with: -.infinity, where: laneNumbers .>= Int32(count &- whole))
      largest.replace(with: x, where: x .> largest)
    }
    return largest.largestLane
  }

  /// `x[j] ← factor · exp(scale · x[j] − bound)` for the first columns of a row, zero for the others;
  /// their sum.
  @inline(__always)
  fileprivate func exponentiateScores(
    from start: Int, count: Int, scale: Float, less bound: Float, times factor: Float
  ) -> Float {
    var total = Lanes.zero
    let whole = count / Lanes.scalarCount * Lanes.scalarCount
    for j in stride(from: 0, to: whole, by: Lanes.scalarCount) {
      let value = exponential(lanes(at: start &+ j) * scale - bound) * factor
      store(value, at: start &+ j)
      total += value
    }
    for j in stride(from: whole, to: columns, by: Lanes.scalarCount) {
      let rest = columns &- j
      let power = exponential(lanes(at: start &+ j, count: rest) * scale - bound) * factor
      let value = power.replacing(with: 0, where: laneNumbers .>= Int32(count &- j))
      store(value, at: start &+ j, count: rest)
      total += value
    }
    return total.sum()
  }
}
