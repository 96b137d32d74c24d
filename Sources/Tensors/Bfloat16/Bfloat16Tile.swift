import CProcessor

/// A piece of a product in bfloat16 whose sums are in registers while k runs.
///
/// Each sum begins with what it is added to. Then come, pair by pair, the product of the second
/// numbers and the product of the first ones, each by a fused multiplication and addition that rounds
/// to the nearest float, subnormal floats taken for zero. That is what the instruction VDPBF16PS
/// does; where there is none, the same is said in other instructions.
@safe
struct Bfloat16Tile {
  /// The most rows and columns.
  static let rows = 6
  static let columns = 4 * Lanes.scalarCount

  let a: UnsafePointer<UInt32>
  /// Pairs from a row of a to the next, and from a pair of a row to the next.
  let rowStep: Int
  let depthStep: Int
  /// Pairs of rows of whole vectors.
  let b: UnsafePointer<UInt32>
  let depth: Int
  /// What the sums begin with.
  let start: UnsafePointer<Float>
  let startStride: Int
  let c: UnsafeMutablePointer<Float>
  let strideC: Int
  let rowCount: Int
  let columnCount: Int

  /// Whether this processor has the instruction.
  static let isInstruction: Bool = {
    #if arch(x86_64)
      return bfloat16_is_present() != 0
    #else
      return false
    #endif
  }()

  /// `c ← start + a · b` by the instruction, which must be there.
  @inline(__always)
  func computeByInstruction() {
    #if arch(x86_64)
      unsafe bfloat16_tile(
        rowCount, columnCount, depth, a, rowStep, depthStep, b, start, startStride, c, strideC)
    #endif
  }

  /// `c ← start + a · b`, on a thread that takes subnormal floats for zero.
  func compute() {
    for column in stride(from: 0, to: columnCount, by: Lanes.scalarCount) {
      computeVector(fromColumn: column)
    }
  }

  /// Sixteen columns of six rows; in place of rows that are wanting, the last one again.
  private func computeVector(fromColumn column: Int) {
    let count = columnCount &- column
    func row(_ number: Int) -> Int { min(number, rowCount &- 1) }
    func sums(_ number: Int) -> Lanes {
      unsafe Lanes(at: start + (row(number) &* startStride &+ column), count: count)
    }
    var (s0, s1, s2, s3, s4, s5) = (sums(0), sums(1), sums(2), sums(3), sums(4), sums(5))
    let steps = (row(1), row(2), row(3), row(4), row(5))
    var (left, right) = unsafe (a, b + column)
    let width = Bfloat16Panel.stride(columns: columnCount)
    for _ in 0..<depth {
      let pairs = unsafe PairVector(at: right)
      unsafe s0.addProducts(pairs, left[0])
      unsafe s1.addProducts(pairs, left[steps.0 &* rowStep])
      unsafe s2.addProducts(pairs, left[steps.1 &* rowStep])
      unsafe s3.addProducts(pairs, left[steps.2 &* rowStep])
      unsafe s4.addProducts(pairs, left[steps.3 &* rowStep])
      unsafe s5.addProducts(pairs, left[steps.4 &* rowStep])
      unsafe left += depthStep
      unsafe right += width
    }
    for (number, sums) in [s0, s1, s2, s3, s4, s5].enumerated() where number < rowCount {
      unsafe sums.store(at: c + (number &* strideC &+ column), count: count)
    }
  }
}

/// Sixteen pairs of a panel as floats.
private struct PairVector {
  let first: Lanes
  let second: Lanes

  @inline(__always)
  init(at place: UnsafePointer<UInt32>) {
    let words = unsafe UnsafeRawPointer(place).loadUnaligned(as: Words.self)
    first = unsafe unsafeBitCast(words &<< Words(repeating: 16), to: Lanes.self)
    second = unsafe unsafeBitCast(words & Words(repeating: 0xFFFF_0000), to: Lanes.self)
  }
}

extension Lanes {
  /// `self ← self + second · second + first · first`, in this order.
  @inline(__always)
  fileprivate mutating func addProducts(_ x: PairVector, _ pair: UInt32) {
    addProduct(x.second, Lanes(repeating: Float(bitPattern: pair & 0xFFFF_0000)))
    addProduct(x.first, Lanes(repeating: Float(bitPattern: pair &<< 16)))
  }
}
