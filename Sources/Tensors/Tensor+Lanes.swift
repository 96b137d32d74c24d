import CProcessor

// Sixteen values at a time, for kernels that are written with vectors.
extension Tensor {
  /// How far ahead of what they read kernels ask for values that lie in no cache: as many as are read
  /// while memory answers.
  static var prefetchDistance: Int { 512 }

  /// Has the cache line of a value brought into the cache; there need be none at that place.
  ///
  /// Processors go ahead by themselves no further than to the end of a page.
  @inline(__always)
  func prefetch(at index: Int) { unsafe processor_prefetch(base + index) }

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
