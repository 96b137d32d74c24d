import Glibc

/// A value and the column it stands in.
package struct ColumnValue: Hashable, Sendable {
  package let column: Int
  package let value: Float

  package init(column: Int, value: Float) {
    self.column = column
    self.value = value
  }
}

extension Tensor {
  /// The `count` largest values of a row above −∞, largest first; of equal ones the earlier columns.
  package func largest(_ count: Int, inRow row: Int) -> [ColumnValue] {
    precondition(count > 0 && 0 <= row && row < rows, "largest \(count) of row \(row) of \(rows)")
    var found: [ColumnValue] = []
    found.reserveCapacity(count + 1)
    var threshold = -Float.infinity
    let start = row &* columns
    for j in stride(from: 0, to: columns, by: Lanes.scalarCount) {
      let rest = min(Lanes.scalarCount, columns &- j)
      let x = lanes(at: start &+ j, count: rest)
      guard rest < Lanes.scalarCount || any(x .> threshold) else { continue }
      for i in 0..<rest where x[i] > threshold {
        let place = found.firstIndex { $0.value < x[i] } ?? found.count
        found.insert(ColumnValue(column: j &+ i, value: x[i]), at: place)
        if found.count > count { found.removeLast() }
        if found.count == count { threshold = found[count - 1].value }
      }
    }
    return found
  }

  /// `log Σ_j exp(x[j])` of a row.
  package func logSumOfExponentials(inRow row: Int) -> Float {
    precondition(0 <= row && row < rows, "row \(row) of \(rows)")
    let start = row &* columns
    let values = span
    var top = Lanes(repeating: -.infinity)
    let whole = columns / Lanes.scalarCount &* Lanes.scalarCount
    for j in stride(from: 0, to: whole, by: Lanes.scalarCount) {
      let x = lanes(at: start &+ j)
      top.replace(with: x, where: x .> top)
    }
    var largest = top.max()
    for j in whole..<columns { largest = max(largest, values[start &+ j]) }
    var sums = Lanes.zero
    for j in stride(from: 0, to: whole, by: Lanes.scalarCount) {
      sums += exponential(lanes(at: start &+ j) - largest)
    }
    var total = sums.sum()
    for j in whole..<columns { total += exp(values[start &+ j] - largest) }
    return largest + log(total)
  }
}
