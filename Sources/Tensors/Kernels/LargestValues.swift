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
    let start = row &* columns
    let whole = columns / Lanes.scalarCount &* Lanes.scalarCount
    // Without a bound the first values would all be put in order, to be driven out by later ones.
    let bound = RowMaxima(of: self, from: start, whole: whole).bound(onLargest: count)
    var found = LargestValues(count, above: bound)
    for j in stride(from: 0, to: whole, by: Lanes.scalarCount) {
      let x = lanes(at: start &+ j)
      if any(x .> found.threshold) { found.add(x, count: Lanes.scalarCount, fromColumn: j) }
    }
    if whole < columns {
      let rest = columns &- whole
      found.add(lanes(at: start &+ whole, count: rest), count: rest, fromColumn: whole)
    }
    return found.values
  }
}

/// The largest values found so far.
private struct LargestValues {
  private let count: Int
  /// Largest first.
  private(set) var values: [ColumnValue] = []
  /// What a value must exceed to be among them.
  private(set) var threshold: Float

  /// - Parameter bound: what all of them exceed.
  init(_ count: Int, above bound: Float) {
    self.count = count
    threshold = bound
    values.reserveCapacity(count + 1)
  }

  mutating func add(_ x: Lanes, count laneCount: Int, fromColumn column: Int) {
    for i in 0..<laneCount where x[i] > threshold {
      let place = values.firstIndex { $0.value < x[i] } ?? values.count
      values.insert(ColumnValue(column: column &+ i, value: x[i]), at: place)
      if values.count > count { values.removeLast() }
      if values.count == count { threshold = values[count - 1].value }
    }
  }
}
