import Cores

/// Numbers that a solver works on, in memory that several cores write, each a part of its own.
///
/// Sums over it are taken block by block, and the blocks' sums added in order, so that they do not
/// depend on the number of cores.
@safe
package final class Vector: @unchecked Sendable {
  package typealias Lanes = SIMD4<Double>

  package let count: Int
  private let base: UnsafeMutablePointer<Double>

  /// All zero.
  package init(count: Int) {
    self.count = count
    unsafe base = .allocate(capacity: max(1, count))
    unsafe base.initialize(repeating: 0, count: count)
  }

  deinit { unsafe base.deallocate() }

  package subscript(index: Int) -> Double {
    @inline(__always) get {
      precondition(0 <= index && index < count)
      return unsafe base[index]
    }
    @inline(__always) set {
      precondition(0 <= index && index < count)
      unsafe base[index] = newValue
    }
  }

  /// The four numbers from `index` on.
  @inline(__always)
  func lanes(at index: Int) -> Lanes {
    precondition(0 <= index && index &+ Lanes.scalarCount <= count)
    return unsafe UnsafeRawPointer(base + index).loadUnaligned(as: Lanes.self)
  }

  /// Writes the four numbers from `index` on.
  @inline(__always)
  func store(_ lanes: Lanes, at index: Int) {
    precondition(0 <= index && index &+ Lanes.scalarCount <= count)
    unsafe UnsafeMutableRawPointer(base + index).storeBytes(of: lanes, as: Lanes.self)
  }
}

extension Vector {
  private static let blockSize = 1 << 14

  /// Calls `body` for every block of so many places.
  static func forEachBlock(
    of count: Int, size: Int = blockSize, cores: Int, _ body: @Sendable (Range<Int>) -> Void
  ) {
    concurrently((count + size - 1) / size, cores: cores) { block in
      body(block * size..<min(count, (block + 1) * size))
    }
  }

  /// The sum of all numbers, the first added first.
  var sum: Double { (0..<count).reduce(0) { $0 + self[$1] } }

  /// Σ self[i] · other[i + shift] over a range of places.
  func dot(_ other: Vector, shift: Int, over range: Range<Int>) -> Double {
    var sums = (Lanes.zero, Lanes.zero)
    var index = range.lowerBound
    while index &+ 8 <= range.upperBound {
      sums.0 += lanes(at: index) * other.lanes(at: index &+ shift)
      sums.1 += lanes(at: index &+ 4) * other.lanes(at: index &+ shift &+ 4)
      index &+= 8
    }
    var total = (sums.0 + sums.1).sum()
    while index < range.upperBound {
      total += self[index] * other[index &+ shift]
      index &+= 1
    }
    return total
  }

  /// `self ← a · self + b · other` over a range of places.
  private func combine(_ a: Double, _ other: Vector, _ b: Double, over range: Range<Int>) {
    var index = range.lowerBound
    while index &+ Lanes.scalarCount <= range.upperBound {
      store(lanes(at: index) * a + other.lanes(at: index) * b, at: index)
      index &+= Lanes.scalarCount
    }
    while index < range.upperBound {
      self[index] = self[index] * a + other[index] * b
      index &+= 1
    }
  }

  /// `self ← a · self + b · other`.
  func combine(_ a: Double, _ other: Vector, _ b: Double, cores: Int) {
    precondition(count == other.count, "\(other.count) numbers added to \(count)")
    Self.forEachBlock(of: count, cores: cores) { block in
      self.combine(a, other, b, over: block)
    }
  }

  func add(_ other: Vector, times factor: Double, cores: Int) {
    combine(1, other, factor, cores: cores)
  }

  func copy(_ other: Vector, cores: Int) { combine(0, other, 1, cores: cores) }

  /// Σ_j vectors[j] · factors[j], all in one pass over them.
  convenience init(sumOf vectors: [Vector], times factors: [Double], cores: Int) {
    precondition(vectors.count == factors.count, "\(factors.count) factors")
    let count = vectors.first?.count ?? 0
    self.init(count: count)
    Self.forEachBlock(of: count, size: 1 << 11, cores: cores) { block in
      for (vector, factor) in zip(vectors, factors) {
        self.combine(1, vector, factor, over: block)
      }
    }
  }
}
