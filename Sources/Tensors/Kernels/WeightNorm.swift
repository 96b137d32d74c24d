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
    let (gain, norms, source) = (g.span, n.span, v.span)
    var result = w.values
    for row in 0..<v.rows {
      let start = row * v.columns
      switch self {
      case .perRow:
        let factor = gain[row] / norms[row]
        for i in start..<start + v.columns { result[i] = factor * source[i] }
      case .perColumn:
        for j in 0..<v.columns { result[start + j] = gain[j] / norms[j] * source[start + j] }
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
    let (gain, norms, source, dw) = (g.span, n.span, v.span, w.span)
    var product = products.values
    var dg = gradients.gain.values
    for i in dg.indices {
      dg[i] += product[i] / norms[i]
      product[i] *= gain[i] / (norms[i] * norms[i] * norms[i])
    }
    var dv = gradients.direction.values
    for row in 0..<v.rows {
      let start = row * v.columns
      switch self {
      case .perRow:
        let (factor, share) = (gain[row] / norms[row], product[row])
        for i in start..<start + v.columns { dv[i] += factor * dw[i] - share * source[i] }
      case .perColumn:
        for j in 0..<v.columns {
          let i = start + j
          dv[i] += gain[j] / norms[j] * dw[i] - product[j] * source[i]
        }
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
