/// Sixteen rows of sixteen 32-bit values become columns.
///
/// - Parameters:
///   - source: where the first row lies; the others follow `sourceStep` bytes apart.
///   - target: where the first column is written as a row; the others follow `targetStep` bytes apart.
@inline(__always)
func transposeBlock(
  from source: UnsafeRawPointer, step sourceStep: Int, to target: UnsafeMutableRawPointer,
  step targetStep: Int
) {
  let rowSize = MemoryLayout<Lanes>.stride
  unsafe withUnsafeTemporaryAllocation(
    byteCount: Lanes.scalarCount * rowSize, alignment: rowSize
  ) { room in
    guard let half = room.baseAddress else { return }
    unsafe rotate(from: source, step: sourceStep, to: half, step: rowSize)
    unsafe rotate(from: UnsafeRawPointer(half), step: rowSize, to: target, step: targetStep)
  }
}

/// Rotates the eight bits of each value's place, four of its row and four of its column, by two.
///
/// Twice that exchanges rows and columns.
@inline(__always)
private func rotate(
  from source: UnsafeRawPointer, step sourceStep: Int, to target: UnsafeMutableRawPointer,
  step targetStep: Int
) {
  func row(_ index: Int) -> Lanes {
    unsafe (source + index &* sourceStep).loadUnaligned(as: Lanes.self)
  }
  for index in 0..<4 {
    let (firstEven, firstOdd) = unzipped(row(4 &* index), row(4 &* index &+ 1))
    let (secondEven, secondOdd) = unzipped(row(4 &* index &+ 2), row(4 &* index &+ 3))
    let (first, third) = unzipped(firstEven, secondEven)
    let (second, fourth) = unzipped(firstOdd, secondOdd)
    let place = unsafe target + index &* targetStep
    unsafe place.storeBytes(of: first, as: Lanes.self)
    unsafe (place + 4 &* targetStep).storeBytes(of: second, as: Lanes.self)
    unsafe (place + 8 &* targetStep).storeBytes(of: third, as: Lanes.self)
    unsafe (place + 12 &* targetStep).storeBytes(of: fourth, as: Lanes.self)
  }
}

/// What stands at even places of two rows, one after the other, and what stands at odd ones.
@_transparent
private func unzipped(_ x: Lanes, _ y: Lanes) -> (even: Lanes, odd: Lanes) {
  let both = SIMD32(lowHalf: x, highHalf: y)
  return (both.evenHalf, both.oddHalf)
}
