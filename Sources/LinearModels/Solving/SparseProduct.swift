import Cores

/// A sparse matrix that dense ones are multiplied by, its rows dealt out in blocks of like work.
///
/// Each number of a product is computed by one core, in the order of the entries.
struct SparseProduct: Sendable {
  private static let entriesPerBlock = 1 << 15

  private let matrix: SparseRows
  /// Where each block of rows begins, and at last where the last one ends.
  private let blocks: [Int]

  init(_ matrix: SparseRows) {
    self.matrix = matrix
    var blocks = [0]
    var start = 0
    for row in 0..<matrix.count {
      // A row without entries is work too.
      if matrix.offsets[row + 1] + row - start >= Self.entriesPerBlock {
        blocks.append(row + 1)
        start = matrix.offsets[row + 1] + row
      }
    }
    if blocks[blocks.count - 1] != matrix.count { blocks.append(matrix.count) }
    self.blocks = blocks
  }

  /// `y[r, d] ← m[r, c] · x[c, d]`, each dense matrix of `width` columns beginning at a place.
  func multiply(
    _ x: Vector, from xStart: Int, into y: Vector, from yStart: Int, width: Int, cores: Int
  ) {
    precondition(width == 1 || width % 4 == 0, "\(width) columns")
    precondition(xStart + matrix.columnCount * width <= x.count, "a factor beyond \(x.count)")
    precondition(yStart + matrix.count * width <= y.count, "a product beyond \(y.count)")
    concurrently(blocks.count - 1, cores: cores) { block in
      let offsets = matrix.offsets.span
      let (columns, values) = (matrix.columns.span, matrix.values.span)
      for row in blocks[block]..<blocks[block + 1] {
        let entries = offsets[row]..<offsets[row &+ 1]
        if width == 1 {
          var sum = 0.0
          for entry in entries {
            sum += unsafe values[unchecked: entry] * x[xStart &+ Int(columns[unchecked: entry])]
          }
          y[yStart &+ row] = sum
          continue
        }
        for group in stride(from: 0, to: width, by: 4) {
          var sum = Vector.Lanes.zero
          let start = xStart &+ group
          for entry in entries {
            let column = unsafe Int(columns[unchecked: entry])
            unsafe sum += x.lanes(at: start &+ column &* width) * values[unchecked: entry]
          }
          y.store(sum, at: yStart &+ row &* width &+ group)
        }
      }
    }
  }
}
