// The end of a row that is no whole vector.
extension Tensor {
  /// `count` values from `index` on, at most sixteen, and zeros after them.
  @inline(__always)
  func lanes(at index: Int, count: Int) -> Lanes {
    if count >= Lanes.scalarCount { return lanes(at: index) }
    precondition(index >= 0 && index &+ count <= self.count)
    return unsafe Lanes(at: base + index, count: count)
  }

  /// Writes the first `count` of the values from `index` on, at most sixteen.
  @inline(__always)
  func store(_ lanes: Lanes, at index: Int, count: Int) {
    if count >= Lanes.scalarCount { return store(lanes, at: index) }
    precondition(index >= 0 && index &+ count <= self.count)
    unsafe lanes.store(at: base + index, count: count)
  }
}
