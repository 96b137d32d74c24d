/// Along what a weight matrix is normalised (Salimans and Kingma 2016).
package enum WeightNorm: Hashable, Sendable {
  /// Each row by itself: a linear layer's weight [out, in].
  case perRow
  /// Each column by itself: a convolution's weight [width · in, out].
  case perColumn

  /// `n[i] ← ‖v_i‖` of every row or column.
  package func norms(of v: Tensor, into n: Tensor) {
    dotProducts(of: v, and: v, into: n)
    for i in n.indices { n[i] = n[i].squareRoot() }
  }

  /// `w_i ← g[i] · v_i / n[i]`.
  package func scale(_ v: Tensor, gain g: Tensor, norms n: Tensor, into w: Tensor) {
    for row in 0..<v.rows {
      let start = row &* v.columns
      let factor = self == .perRow ? g[row] / n[row] : 0
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

  /// Turns the gradient of `w` into that of `v`, in place, and gives that of the gain.
  ///
  /// `dg[i] ← (dw_i · v_i) / n[i]`, `dw_i ← g/n · dw_i − g · (dw_i · v_i) / n³ · v_i`.
  package func pullBack(
    _ dw: Tensor, direction v: Tensor, gain g: Tensor, norms n: Tensor, into dg: Tensor
  ) {
    dotProducts(of: dw, and: v, into: dg)
    for row in 0..<v.rows {
      let start = row &* v.columns
      let own = self == .perRow ? factors(row, 1, g, n, dg) : (scale: .zero, share: .zero)
      for j in stride(from: 0, to: v.columns, by: Lanes.scalarCount) {
        let rest = v.columns &- j
        let (scale, share) =
          switch self {
          case .perRow: (Lanes(repeating: own.scale[0]), Lanes(repeating: own.share[0]))
          case .perColumn: factors(j, rest, g, n, dg)
          }
        let i = start &+ j
        dw.store(
          scale * dw.lanes(at: i, count: rest) - share * v.lanes(at: i, count: rest), at: i,
          count: rest)
      }
    }
    for i in stride(from: 0, to: dg.count, by: Lanes.scalarCount) {
      let rest = dg.count &- i
      dg.store(dg.lanes(at: i, count: rest) / n.lanes(at: i, count: rest), at: i, count: rest)
    }
  }

  /// `g/n` and `g · p / n³` from one place on.
  @inline(__always)
  private func factors(
    _ place: Int, _ count: Int, _ g: Tensor, _ n: Tensor, _ p: Tensor
  ) -> (scale: Lanes, share: Lanes) {
    let norm = n.lanes(at: place, count: count)
    let scale = g.lanes(at: place, count: count) / norm
    return (scale, scale * p.lanes(at: place, count: count) / (norm * norm))
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
      if self == .perRow { p[row] = sum.sum() }
    }
  }
}
