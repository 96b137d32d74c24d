/// Scales the rows of x that are longer than `limit` back to it; the others stay as they are.
package func limitRows(of x: Tensor, toNorm limit: Float) {
  for row in 0..<x.rows {
    let values = x[rows: row..<row + 1]
    var square: Float = 0
    for i in values.indices { square += values[i] * values[i] }
    let norm = square.squareRoot()
    if norm > limit { scale(values, by: limit / norm, into: values) }
  }
}
