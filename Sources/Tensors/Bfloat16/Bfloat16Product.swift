/// A product whose operands are rounded to bfloat16 and whose sums are floats.
///
/// What comes of a row does not depend on the rows around it, nor a column on the columns.
struct Bfloat16Product {
  let rows: Bfloat16Rows
  let target: Matrix
  /// [n] what the sums begin with; nil: zeros.
  let start: Tensor?
  /// Whether the sums begin with what the target holds instead.
  let adding: Bool
  /// Whether the processor's own instruction computes it.
  let byInstruction: Bool

  /// Pairs that a panel has at most while it is in the cache of a core.
  private static let blockDepth = 256

  /// The columns of a panel.
  func compute(_ panel: Bfloat16Panel) {
    for first in stride(from: 0, to: max(1, rows.depth), by: Self.blockDepth) {
      let steps = first..<min(rows.depth, first &+ Self.blockDepth)
      for block in stride(from: 0, to: rows.rows, by: rows.blockRows) {
        let end = min(rows.rows, block &+ rows.blockRows)
        // Tiles of like size: a small last one would cost as much as a full one.
        var tiles = (end &- block &+ Bfloat16Tile.rows &- 1) / Bfloat16Tile.rows
        var row = block
        while row < end {
          let count = (end &- row &+ tiles &- 1) / tiles
          compute(row..<row &+ count, panel, steps)
          row &+= count
          tiles &-= 1
        }
      }
    }
  }

  @inline(__always)
  private func compute(_ range: Range<Int>, _ panel: Bfloat16Panel, _ steps: Range<Int>) {
    let c = unsafe target.base + (range.lowerBound &* target.stride &+ panel.columns.lowerBound)
    let goesOn = adding || steps.lowerBound > 0
    let row = unsafe start.map { unsafe UnsafePointer($0.base) + panel.columns.lowerBound } ?? zeros
    let tile = unsafe Bfloat16Tile(
      a: rows.place(row: range.lowerBound, step: steps.lowerBound), rowStep: rows.rowStep,
      depthStep: rows.depthStep, b: panel.place(step: steps.lowerBound), depth: steps.count,
      start: goesOn ? UnsafePointer(c) : row, startStride: goesOn ? target.stride : 0, c: c,
      strideC: target.stride, rowCount: range.count,
      columnCount: panel.columns.count)
    if byInstruction { tile.computeByInstruction() } else { tile.compute() }
  }
}
