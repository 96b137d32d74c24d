/// `y[n, c] ← a · σ(b)`, where `a[n, c]` and `b[n, c]` are the halves of `sums[n, 2c] + bias[2c]`.
///
/// Dauphin et al. (2017). `sums` is left holding `a` and `σ(b)`, which the gradient needs.
package func gatedLinearUnit(_ sums: Tensor, bias: Tensor, into y: Tensor) {
  let width = y.columns
  precondition(
    sums.rows == y.rows && sums.columns == 2 * width && bias.count == 2 * width,
    "[\(sums.rows), \(sums.columns)] and \(bias.count) biases gated into [\(y.rows), \(width)]")
  for row in 0..<y.rows {
    let start = row &* 2 &* width
    for j in stride(from: 0, to: width, by: Lanes.scalarCount) {
      let count = width &- j
      let nextRow = start &+ 2 &* width &+ j
      sums.prefetch(at: nextRow)
      sums.prefetch(at: nextRow &+ width)
      y.prefetch(at: (row &+ 1) &* width &+ j)
      let a = sums.lanes(at: start &+ j, count: count) + bias.lanes(at: j, count: count)
      let b =
        sums.lanes(at: start &+ width &+ j, count: count)
        + bias.lanes(at: width &+ j, count: count)
      let gate = 1 / sigmoidDenominator(b)
      sums.store(a, at: start &+ j, count: count)
      sums.store(gate, at: start &+ width &+ j, count: count)
      y.store(a * gate, at: row &* width &+ j, count: count)
    }
  }
}

/// Turns what `gatedLinearUnit` left in `sums[n, 2c]` into the gradient of the sums, from `dy[n, c]`.
package func gatedLinearUnitGradient(_ dy: Tensor, into sums: Tensor) {
  let width = dy.columns
  precondition(
    sums.rows == dy.rows && sums.columns == 2 * width,
    "gradient [\(dy.rows), \(width)] of sums [\(sums.rows), \(sums.columns)]")
  for row in 0..<dy.rows {
    let start = row &* 2 &* width
    for j in stride(from: 0, to: width, by: Lanes.scalarCount) {
      let count = width &- j
      let nextRow = start &+ 2 &* width &+ j
      sums.prefetch(at: nextRow)
      sums.prefetch(at: nextRow &+ width)
      dy.prefetch(at: (row &+ 1) &* width &+ j)
      let a = sums.lanes(at: start &+ j, count: count)
      let gate = sums.lanes(at: start &+ width &+ j, count: count)
      let d = dy.lanes(at: row &* width &+ j, count: count) * gate
      sums.store(d, at: start &+ j, count: count)
      sums.store(d * a * (1 - gate), at: start &+ width &+ j, count: count)
    }
  }
}
