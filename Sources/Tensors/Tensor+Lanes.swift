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
