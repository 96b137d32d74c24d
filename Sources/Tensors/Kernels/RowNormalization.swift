/// Layer normalisation: `z ← (x − mean) / √(variance + ε)` of each row of x, `y ← gain · z + bias`.
///
/// x becomes z; where y lies in the memory of x, it becomes y.
///
/// - Parameters:
///   - residual: what is added to x first, if anything is.
///   - inverses: [rows] becomes 1 / √(variance + ε).
package func normalizeRows(
  of x: Tensor, adding residual: Tensor?, gain: Tensor, bias: Tensor, epsilon: Float,
  into y: Tensor, keeping inverses: Tensor
) {
  let width = x.columns
  precondition(
    gain.count == width && bias.count == width && y.count == x.count && inverses.count == x.rows
      && residual?.count ?? x.count == x.count,
    "\(gain.count) gains, \(bias.count) biases, \(inverses.count) numbers of [\(x.rows), \(width)]")
  for row in 0..<x.rows {
    let start = row &* width
    var sum = Lanes.zero
    for j in stride(from: 0, to: width, by: Lanes.scalarCount) {
      let (place, rest) = (start &+ j, width &- j)
      var value = x.lanes(at: place, count: rest)
      if let residual {
        value += residual.lanes(at: place, count: rest)
        x.store(value, at: place, count: rest)
      }
      sum += value
    }
    let mean = sum.sum() / Float(width)
    var squares = Lanes.zero
    for j in stride(from: 0, to: width, by: Lanes.scalarCount) {
      let rest = width &- j
      var distance = x.lanes(at: start &+ j, count: rest) - mean
      if rest < Lanes.scalarCount {
        for i in rest..<Lanes.scalarCount { distance[i] = 0 }
      }
      squares.addProduct(distance, distance)
    }
    let inverse = 1 / (squares.sum() / Float(width) + epsilon).squareRoot()
    inverses[row] = inverse
    for j in stride(from: 0, to: width, by: Lanes.scalarCount) {
      let (place, rest) = (start &+ j, width &- j)
      let z = (x.lanes(at: place, count: rest) - mean) * inverse
      x.store(z, at: place, count: rest)
      let value = bias.lanes(at: j, count: rest).addingProduct(gain.lanes(at: j, count: rest), z)
      y.store(value, at: place, count: rest)
    }
  }
}

/// Turns the gradient of `y = gain · z + bias` into that of what was normalised to z.
///
/// `dz = dy · gain`, `dx = (dz − Σ dz / d − z · Σ (dz · z) / d) / √(variance + ε)`.
///
/// - Parameter parameters: where the gradients of gain and bias are added, if they are learnt.
package func normalizeRowsGradient(
  of z: Tensor, gain: Tensor, inverses: Tensor, into dy: Tensor,
  parameters: (gain: Tensor, bias: Tensor)?
) {
  let width = z.columns
  precondition(
    dy.count == z.count && gain.count == width && inverses.count == z.rows
      && (parameters.map { $0.gain.count == width && $0.bias.count == width } ?? true),
    "\(dy.count) slopes, \(gain.count) gains, \(inverses.count) numbers of [\(z.rows), \(width)]")
  for row in 0..<z.rows {
    let start = row &* width
    var (sum, product) = (Lanes.zero, Lanes.zero)
    for j in stride(from: 0, to: width, by: Lanes.scalarCount) {
      let rest = width &- j
      let (slope, value) = (
        dy.lanes(at: start &+ j, count: rest), z.lanes(at: start &+ j, count: rest)
      )
      if let parameters {
        let own = parameters.gain.lanes(at: j, count: rest).addingProduct(slope, value)
        parameters.gain.store(own, at: j, count: rest)
        parameters.bias.store(
          parameters.bias.lanes(at: j, count: rest) + slope, at: j, count: rest)
      }
      let scaled = slope * gain.lanes(at: j, count: rest)
      sum += scaled
      product.addProduct(scaled, value)
    }
    let (mean, share) = (sum.sum() / Float(width), product.sum() / Float(width))
    let inverse = inverses[row]
    for j in stride(from: 0, to: width, by: Lanes.scalarCount) {
      let (place, rest) = (start &+ j, width &- j)
      let scaled = dy.lanes(at: place, count: rest) * gain.lanes(at: j, count: rest)
      let own = scaled - mean - z.lanes(at: place, count: rest) * share
      dy.store(own * inverse, at: place, count: rest)
    }
  }
}
