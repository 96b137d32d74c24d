// Sixteen values at a time, for kernels that are written with vectors.
extension Tensor {
  /// The values from `index` on; beyond `count` of them the lanes are zero.
  @inline(__always)
  func lanes(at index: Int, count: Int = Lanes.scalarCount) -> Lanes {
    precondition(0 <= index && index + count <= self.count, "value \(index) of \(self.count)")
    guard count < Lanes.scalarCount else {
      return unsafe UnsafeRawPointer(base + index).loadUnaligned(as: Lanes.self)
    }
    var lanes = Lanes.zero
    for i in 0..<count { unsafe lanes[i] = base[index + i] }
    return lanes
  }

  /// Writes the first `count` lanes to `index` and the places after it.
  @inline(__always)
  func store(_ lanes: Lanes, at index: Int, count: Int = Lanes.scalarCount) {
    precondition(0 <= index && index + count <= self.count, "value \(index) of \(self.count)")
    guard count < Lanes.scalarCount else {
      unsafe UnsafeMutableRawPointer(base + index).storeBytes(of: lanes, as: Lanes.self)
      return
    }
    for i in 0..<count { unsafe base[index + i] = lanes[i] }
  }

  @inline(__always)
  func add(_ lanes: Lanes, at index: Int, count: Int = Lanes.scalarCount) {
    store(self.lanes(at: index, count: count) + lanes, at: index, count: count)
  }
}

/// Calls `body` with the start and size of each block of sixteen, and of what is left at the end.
@inline(__always)
func forEachBlock(of count: Int, _ body: (_ start: Int, _ count: Int) -> Void) {
  let whole = count / Lanes.scalarCount * Lanes.scalarCount
  // A constant size makes the loads and stores of whole blocks single instructions.
  for start in stride(from: 0, to: whole, by: Lanes.scalarCount) { body(start, Lanes.scalarCount) }
  if whole < count { body(whole, count - whole) }
}
