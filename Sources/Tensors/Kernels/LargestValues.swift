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
}
