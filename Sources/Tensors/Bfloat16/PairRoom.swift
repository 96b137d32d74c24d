/// Memory for pairs of bfloat16 that are used soon, one set after the other; it grows as needed.
@safe
struct PairRoom {
  private(set) var memory = AlignedMemory(byteCount: 0)

  /// Room for so many pairs; what was there before is gone.
  mutating func pairs(count: Int) -> UnsafeMutablePointer<UInt32> {
    let byteCount = count.saturatingTimes(MemoryLayout<UInt32>.stride)
    if byteCount > memory.byteCount { memory = AlignedMemory(byteCount: byteCount) }
    return unsafe memory.base.assumingMemoryBound(to: UInt32.self)
  }
}
