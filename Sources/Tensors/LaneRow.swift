import CProcessor

/// Some neighbouring values of a tensor, read and written sixteen at a time.
///
/// Whether they lie in the tensor is found out once, and of rows of one length the place is checked
/// once for all of them.
@safe
struct LaneRow {
  private let base: UnsafeMutablePointer<Float>
  private let count: Int

  @inline(__always)
  init(_ base: UnsafeMutablePointer<Float>, count: Int) {
    unsafe self.base = base
    self.count = count
  }

  /// The sixteen values from a place on.
  subscript(place: Int) -> Lanes {
    @inline(__always) get {
      precondition(place >= 0 && place &+ Lanes.scalarCount <= count)
      return unsafe Lanes(at: base + place)
    }
    @inline(__always) nonmutating set {
      precondition(place >= 0 && place &+ Lanes.scalarCount <= count)
      unsafe newValue.store(at: base + place)
    }
  }

  /// Has the values from a place on brought into the cache.
  @inline(__always)
  func prefetch(_ place: Int) { unsafe processor_prefetch(base + place) }
}

extension Tensor {
  /// `count` values from `index` on.
  @inline(__always)
  func laneRow(at index: Int, count: Int) -> LaneRow {
    precondition(index >= 0 && count >= 0 && index &+ count <= self.count)
    return unsafe LaneRow(base + index, count: count)
  }

  /// The values of a row.
  @inline(__always)
  func laneRow(_ row: Int) -> LaneRow { laneRow(at: row &* columns, count: columns) }

  /// Has its values brought into the cache.
  package func prefetch() {
    for place in stride(from: 0, to: count, by: Lanes.scalarCount) {
      unsafe processor_prefetch(base + place)
    }
  }
}
