/// The largest of a row's values in each place of four vectors, as far as whole vectors go.
///
/// From these it is known what the few largest of the row exceed, and what the largest is.
struct RowMaxima {
  private var vectors: (Lanes, Lanes, Lanes, Lanes)

  /// - Parameters:
  ///   - start: where the row begins.
  ///   - whole: how many of its values are looked at: a multiple of a vector's.
  init(of x: Tensor, from start: Int, whole: Int) {
    let none = Lanes(repeating: -.infinity)
    let lanes = Lanes.scalarCount
    var (a, b, c, d) = (none, none, none, none)
    var j = 0
    // Four comparisons that do not wait for each other.
    while j &+ 4 &* lanes <= whole {
      a.raise(to: x.lanes(at: start &+ j))
      b.raise(to: x.lanes(at: start &+ j &+ lanes))
      c.raise(to: x.lanes(at: start &+ j &+ 2 &* lanes))
      d.raise(to: x.lanes(at: start &+ j &+ 3 &* lanes))
      j &+= 4 &* lanes
    }
    while j < whole {
      a.raise(to: x.lanes(at: start &+ j))
      j &+= lanes
    }
    vectors = (a, b, c, d)
  }

  /// The largest of all; −∞ where there is none.
  var largest: Float {
    var (first, second) = (vectors.0, vectors.2)
    first.raise(to: vectors.1)
    second.raise(to: vectors.3)
    first.raise(to: second)
    return first.largestLane
  }

  /// What the `count` largest values of the row exceed; −∞ where the maxima do not tell.
  ///
  /// As many places as are wanted have a largest value that reaches the one that is returned, or
  /// rather the number before it.
  func bound(onLargest count: Int) -> Float {
    guard count <= 4 &* Lanes.scalarCount else { return -.infinity }
    var (rest, found) = (self, 0)
    while true {
      let largest = rest.largest
      guard largest > -.infinity else { return largest }
      found &+= rest.remove(largest)
      if found >= count { return largest.nextDown }
    }
  }

  /// Takes away all that are equal to a value; says how many.
  private mutating func remove(_ value: Float) -> Int {
    vectors.0.remove(value) &+ vectors.1.remove(value) &+ vectors.2.remove(value)
      &+ vectors.3.remove(value)
  }
}

extension Lanes {
  /// `self[i] ← max(self[i], x[i])`, where x is no NaN.
  @inline(__always)
  fileprivate mutating func raise(to x: Lanes) { replace(with: x, where: x .> self) }

  /// Takes away all that are equal to a value; says how many.
  @inline(__always)
  fileprivate mutating func remove(_ value: Float) -> Int {
    let isValue = self .== Lanes(repeating: value)
    replace(with: -.infinity, where: isValue)
    return Int(SIMD16<Int32>.zero.replacing(with: 1, where: isValue).wrappedSum())
  }

  /// The largest of all, by halves: the library's goes lane by lane.
  @inline(__always)
  var largestLane: Float {
    let eight = lowHalf.replacing(with: highHalf, where: highHalf .> lowHalf)
    let (low, high) = (eight.lowHalf, eight.highHalf)
    let four = low.replacing(with: high, where: high .> low)
    return Swift.max(four[0], four[1], four[2], four[3])
  }
}
