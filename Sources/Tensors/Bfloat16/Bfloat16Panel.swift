/// Some columns of the right operand of a product in bfloat16, pair by pair of their rows.
///
/// Each step down has a whole number of vectors; what lies beyond the columns is zero.
@safe
struct Bfloat16Panel {
  /// The columns of the product that it gives.
  let columns: Range<Int>
  private let base: UnsafePointer<UInt32>

  /// The most columns.
  static let width = Bfloat16Tile.columns

  /// How many pairs the panel of so many columns has in each step.
  static func stride(columns: Int) -> Int {
    (columns &+ Lanes.scalarCount &- 1) / Lanes.scalarCount &* Lanes.scalarCount
  }

  init(columns: Range<Int>, at base: UnsafePointer<UInt32>) {
    self.columns = columns
    unsafe self.base = base
  }

  /// Rounds some columns of a matrix [k, n] into `pairs`.
  ///
  /// - Parameter scratch: room for pairs of sixteen columns of a transposed matrix.
  init(
    _ b: Matrix, columns: Range<Int>, by rounding: Bfloat16Rounding,
    into pairs: UnsafeMutablePointer<UInt32>, scratch: inout PairRoom
  ) {
    let (stride, depth) = (Self.stride(columns: columns.count), (b.rows &+ 1) / 2)
    if b.isTransposed {
      let rowStep = (depth &+ 7) / 8 &* 8
      let rounded = unsafe scratch.pairs(count: rowStep &* Lanes.scalarCount)
      for first in Swift.stride(from: 0, to: columns.count, by: Lanes.scalarCount) {
        let count = min(Lanes.scalarCount, columns.count &- first)
        for column in 0..<count {
          let source = unsafe b.base + (columns.lowerBound &+ first &+ column) &* b.stride
          unsafe rounding.writePairs(of: source, count: b.rows, to: rounded + column &* rowStep)
        }
        for step in 0..<depth {
          let target = unsafe pairs + (step &* stride &+ first)
          for column in 0..<Lanes.scalarCount {
            unsafe target[column] = column < count ? rounded[column &* rowStep &+ step] : 0
          }
        }
      }
    } else {
      for step in 0..<depth {
        let upper = unsafe b.base + 2 &* step &* b.stride + columns.lowerBound
        let lower = unsafe 2 &* step &+ 1 < b.rows ? UnsafePointer(upper + b.stride) : nil
        unsafe rounding.writePairs(
          of: upper, lower, count: columns.count, to: pairs + step &* stride)
      }
    }
    unsafe self.init(columns: columns, at: UnsafePointer(pairs))
  }

  /// Its pairs from a step on.
  @inline(__always)
  func place(step: Int) -> UnsafePointer<UInt32> {
    unsafe base + step &* Self.stride(columns: columns.count)
  }
}
