/// Along what a weight matrix is normalised (Salimans and Kingma 2016).
package enum WeightNorm: Hashable, Sendable {
  /// Each row by itself: a linear layer's weight [out, in].
  case perRow
  /// Each column by itself: a convolution's weight [width · in, out].
  case perColumn

  /// `n[i] ← ‖v_i‖` of every row or column.
  package func norms(of v: Tensor, into n: Tensor) {
    dotProducts(of: v, and: v, into: n)
    var norms = n.values
    for i in norms.indices { norms[i] = norms[i].squareRoot() }
  }

  /// `w_i ← g[i] · v_i / n[i]`.
  package func scale(_ v: Tensor, gain g: Tensor, norms n: Tensor, into w: Tensor) {
    for row in 0..<v.rows {
      let start = row &* v.columns
      let factor = self == .perRow ? g.span[row] / n.span[row] : 0
      for j in stride(from: 0, to: v.columns, by: Lanes.scalarCount) {
        let rest = v.columns &- j
        let factors =
          switch self {
          case .perRow: Lanes(repeating: factor)
          case .perColumn: g.lanes(at: j, count: rest) / n.lanes(at: j, count: rest)
          }
        w.store(factors * v.lanes(at: start &+ j, count: rest), at: start &+ j, count: rest)
      }
    }
  }

  /// Adds `(dw_i · v_i) / n[i]` to `dg[i]`, and `g/n · dw_i − g · (dw_i · v_i) / n³ · v_i` to `dv_i`.
  ///
  /// - Parameter products: [as many as norms] room for `dw_i · v_i`; overwritten.
  package func addGradients(
    of w: Tensor, direction v: Tensor, gain g: Tensor, norms n: Tensor, products: Tensor,
    into gradients: (direction: Tensor, gain: Tensor)
  ) {
    dotProducts(of: w, and: v, into: products)
    let (gain, norms) = (g.span, n.span)
    var product = products.values
    var dg = gradients.gain.values
    for i in dg.indices {
      dg[i] += product[i] / norms[i]
      product[i] *= gain[i] / (norms[i] * norms[i] * norms[i])
    }
    let dv = gradients.direction
    for row in 0..<v.rows {
      let start = row &* v.columns
      let (rowFactor, rowShare) =
        self == .perRow ? (gain[row] / norms[row], product[row]) : (0, 0)
      for j in stride(from: 0, to: v.columns, by: Lanes.scalarCount) {
        let rest = v.columns &- j
        let (factor, share) =
          switch self {
          case .perRow: (Lanes(repeating: rowFactor), Lanes(repeating: rowShare))
          case .perColumn:
            (
              g.lanes(at: j, count: rest) / n.lanes(at: j, count: rest),
              products.lanes(at: j, count: rest)
            )
          }
        let i = start &+ j
        let slope =
          factor * w.lanes(at: i, count: rest) - share * v.lanes(at: i, count: rest)
        dv.store(dv.lanes(at: i, count: rest) + slope, at: i, count: rest)
      }
    }
  }

  /// `p[i] ← Σ a_i · b_i` of every row or column.
  private func dotProducts(of a: Tensor, and b: Tensor, into p: Tensor) {
    let count = self == .perRow ? a.rows : a.columns
    precondition(
      a.rows == b.rows && a.columns == b.columns && p.count == count,
      "\(p.count) products of [\(a.rows), \(a.columns)] and [\(b.rows), \(b.columns)]")
    p.fill(0)
    let lanes = Lanes.scalarCount
    for row in 0..<a.rows {
      let start = row &* a.columns
      var sum = Lanes.zero
      for j in stride(from: 0, to: a.columns, by: lanes) {
        let rest = a.columns &- j
        let product = a.lanes(at: start &+ j, count: rest) * b.lanes(at: start &+ j, count: rest)
        switch self {
        case .perRow: sum += product
        case .perColumn: p.store(p.lanes(at: j, count: rest) + product, at: j, count: rest)
        }
      }
      if self == .perRow {
        var values = p.values
        values[row] = sum.sum()
      }
    }
  }
}
