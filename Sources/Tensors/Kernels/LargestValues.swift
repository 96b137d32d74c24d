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
    var found = LargestValues(count, above: bound(onLargest: count, from: start, whole: whole))
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

  /// What the `count` largest of some values exceed, as far as whole vectors say; −∞ for many.
  ///
  /// In each place of the vectors is a largest value. As many of these as are wanted reach the one
  /// that is returned, or rather the number before it.
  private func bound(onLargest count: Int, from start: Int, whole: Int) -> Float {
    guard count <= Lanes.scalarCount else { return -.infinity }
    var tops = Lanes(repeating: -.infinity)
    for j in stride(from: 0, to: whole, by: Lanes.scalarCount) {
      let x = lanes(at: start &+ j)
      tops.replace(with: x, where: x .> tops)
    }
    var surplus = Lanes.scalarCount &- count
    while true {
      let least = tops.min()
      let isLeast = tops .== least
      let equals = tops.indices.count { isLeast[$0] }
      if equals > surplus { return least.nextDown }
      surplus &-= equals
      tops.replace(with: .infinity, where: isLeast)
    }
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
