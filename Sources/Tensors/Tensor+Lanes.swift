// Sixteen values at a time, for kernels that are written with vectors.
extension Tensor {
  /// The sixteen values from `index` on.
  @inline(__always)
  func lanes(at index: Int) -> Lanes {
    precondition(index >= 0 && index &+ Lanes.scalarCount <= count)
    return unsafe Lanes(at: base + index)
  }

  /// Writes sixteen values from `index` on.
  @inline(__always)
  func store(_ lanes: Lanes, at index: Int) {
    precondition(index >= 0 && index &+ Lanes.scalarCount <= count)
    unsafe lanes.store(at: base + index)
  }
}
