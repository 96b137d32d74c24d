/// The left operand of a product in bfloat16: pairs of neighbours of its rows.
@safe
struct Bfloat16Rows {
  let rows: Int
  /// Pairs of a row; the last one may be half zero.
  let depth: Int
  /// So many rows lie in a block, one block after the other.
  let blockRows: Int
  /// Pairs from a row of a block to the next, and from a pair of a row to the next.
  let rowStep: Int
  let depthStep: Int
  private let base: UnsafePointer<UInt32>
  private let memory: AlignedMemory

  /// Rows of a block of a transposed matrix, whose columns are what lies together: whole tiles.
  private static let transposedBlockRows = 8 * Bfloat16Tile.rows

  /// Rounds a matrix [m, k].
  init(_ a: Matrix, by rounding: Bfloat16Rounding, in room: inout PairRoom) {
    (rows, depth) = (a.rows, (a.columns &+ 1) / 2)
    if a.isTransposed {
      blockRows = Self.transposedBlockRows
      (rowStep, depthStep) = (1, blockRows)
      let blocks = (rows &+ blockRows &- 1) / blockRows
      let pairs = unsafe room.pairs(count: blocks &* blockRows &* depth)
      for block in 0..<blocks {
        let first = block &* blockRows
        let count = min(rows &- first, blockRows)
        for step in 0..<depth {
          let upper = unsafe a.base + 2 &* step &* a.stride + first
          let lower = unsafe 2 &* step &+ 1 < a.columns ? UnsafePointer(upper + a.stride) : nil
          unsafe rounding.writePairs(
            of: upper, lower, count: count, to: pairs + (first &* depth + step &* blockRows))
        }
      }
      unsafe base = UnsafePointer(pairs)
    } else {
      blockRows = max(1, rows)
      (rowStep, depthStep) = ((depth &+ 7) / 8 &* 8, 1)
      let pairs = unsafe room.pairs(count: rows &* rowStep)
      for row in 0..<rows {
        unsafe rounding.writePairs(
          of: a.base + row &* a.stride, count: a.columns, to: pairs + row &* rowStep)
      }
      unsafe base = UnsafePointer(pairs)
    }
    memory = room.memory
  }

  /// The pair number `step` of a row.
  @inline(__always)
  func place(row: Int, step: Int) -> UnsafePointer<UInt32> {
    let block = row / blockRows
    return unsafe base + (block &* blockRows &* (rowStep == 1 ? depth : rowStep))
      + ((row &- block &* blockRows) &* rowStep &+ step &* depthStep)
  }
}
