// Vectors at places that the caller knows to be within memory of its own.
extension Lanes {
  @inline(__always)
  init(at place: UnsafePointer<Float>) {
    self = unsafe UnsafeRawPointer(place).loadUnaligned(as: Lanes.self)
  }

  @inline(__always)
  func store(at place: UnsafeMutablePointer<Float>) {
    unsafe UnsafeMutableRawPointer(place).storeBytes(of: self, as: Lanes.self)
  }

  /// The first `count` values, at most sixteen, and zeros after them.
  @inline(__always)
  init(at place: UnsafePointer<Float>, count: Int) {
    if count >= Lanes.scalarCount {
      self = unsafe Lanes(at: place)
    } else {
      self = .zero
      for i in 0..<count { unsafe self[i] = place[i] }
    }
  }

  /// Writes the first `count` of the values, at most sixteen.
  @inline(__always)
  func store(at place: UnsafeMutablePointer<Float>, count: Int) {
    if count >= Lanes.scalarCount { return unsafe store(at: place) }
    for i in 0..<count { unsafe place[i] = self[i] }
  }
}
