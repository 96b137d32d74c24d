/// A row of zeros as wide as a tile of any product, whose sums start from them.
nonisolated(unsafe) let zeros: UnsafePointer<Float> = {
  let count = max(PackedPanel.wide, Bfloat16Tile.columns)
  let zeros = UnsafeMutablePointer<Float>.allocate(capacity: count)
  unsafe zeros.initialize(repeating: 0, count: count)
  return unsafe UnsafePointer(zeros)
}()
