extension BLAKE3 {
  /// The most chunks hashed as one piece of work: a mebibyte.
  static let largestSubtree = 1024

  /// Gives the chaining values of the first `count` chunks, at most 16, to `body`.
  static func forEachChunk(
    of bytes: UnsafeRawBufferPointer, _ count: Int, counter: UInt64,
    _ body: (SIMD8<UInt32>) -> Void
  ) {
    // All sixteen lanes together take as long as three chunks alone.
    guard count > 3, let start = bytes.baseAddress else {
      for index in 0..<count {
        let chunk = unsafe UnsafeRawBufferPointer(
          rebasing: bytes[index * chunkLength..<(index + 1) * chunkLength])
        let span = unsafe chunk.bindMemory(to: UInt8.self).span
        body(Self.chunk(span, counter: counter + UInt64(index)).chainingValue)
      }
      return
    }
    unsafe withUnsafeTemporaryAllocation(of: SIMD8<UInt32>.self, capacity: count) { values in
      guard let first = values.baseAddress else { return }
      unsafe hashChunks(start, count: count, counter: counter, into: first)
      for index in 0..<count { body(unsafe values[index]) }
    }
  }

  /// The chaining value of a subtree whose number of chunks is a power of two, at least 16.
  static func subtree(_ bytes: UnsafeRawBufferPointer, counter: UInt64) -> SIMD8<UInt32> {
    let chunks = bytes.count / chunkLength
    guard let start = bytes.baseAddress else { return .zero }
    return unsafe withUnsafeTemporaryAllocation(of: SIMD8<UInt32>.self, capacity: chunks) {
      values in
      guard let level = values.baseAddress else { return .zero }
      // Lanes read a block here and a block there; copied in one go, the bytes are near by then.
      unsafe withUnsafeTemporaryAllocation(byteCount: 16 * chunkLength, alignment: 64) { near in
        guard let nearStart = near.baseAddress else { return }
        for first in stride(from: 0, to: chunks, by: 16) {
          let count = min(16, chunks - first)
          unsafe nearStart.copyMemory(
            from: start + first * chunkLength, byteCount: count * chunkLength)
          unsafe hashChunks(
            nearStart, count: count, counter: counter + UInt64(first), into: level + first)
        }
      }
      var count = chunks / 2
      while count > 1 {
        for first in stride(from: 0, to: count, by: 16) {
          unsafe hashPairs(
            UnsafeRawPointer(level + 2 * first), count: min(16, count - first), into: level + first)
        }
        count /= 2
      }
      return unsafe parent(values[0], values[1]).chainingValue
    }
  }

  /// Hashes up to 16 whole chunks, the first of which has the given number.
  private static func hashChunks(
    _ inputs: UnsafeRawPointer, count: Int, counter: UInt64,
    into values: UnsafeMutablePointer<SIMD8<UInt32>>
  ) {
    var low = Lanes.Words.zero
    var high = Lanes.Words.zero
    for lane in 0..<16 {
      low[lane] = UInt32(truncatingIfNeeded: counter + UInt64(lane))
      high[lane] = UInt32(truncatingIfNeeded: (counter + UInt64(lane)) >> 32)
    }
    var state = Lanes.initialState
    for block in 0..<chunkLength / blockLength {
      let flags = (block == 0 ? Flags.chunkStart : 0) | (block == 15 ? Flags.chunkEnd : 0)
      let message = unsafe transposedBlocks(
        inputs + block * blockLength, stride: chunkLength, count: count)
      Lanes.compress(&state, message, low, high, flags: flags)
    }
    unsafe store(state, count: count, into: values)
  }

  /// Hashes up to 16 pairs of chaining values; may write over what it read.
  private static func hashPairs(
    _ inputs: UnsafeRawPointer, count: Int, into values: UnsafeMutablePointer<SIMD8<UInt32>>
  ) {
    var state = Lanes.initialState
    let message = unsafe transposedBlocks(inputs, stride: blockLength, count: count)
    Lanes.compress(&state, message, .zero, .zero, flags: Flags.parent)
    unsafe store(state, count: count, into: values)
  }

  /// Word w of every input's block, for each w; lanes past the last input repeat it.
  @inline(__always)
  private static func transposedBlocks(
    _ inputs: UnsafeRawPointer, stride: Int, count: Int
  ) -> InlineArray<16, Lanes.Words> {
    var rows = InlineArray<16, Lanes.Words>(repeating: .zero)
    for lane in 0..<16 {
      let start = min(lane, count - 1) * stride
      rows[lane] = unsafe inputs.loadUnaligned(fromByteOffset: start, as: Lanes.Words.self)
    }
    return Lanes.transposed(rows)
  }

  @inline(__always)
  private static func store(
    _ state: InlineArray<16, Lanes.Words>, count: Int,
    into values: UnsafeMutablePointer<SIMD8<UInt32>>
  ) {
    let rows = Lanes.transposed(state)
    for lane in 0..<count { unsafe values[lane] = rows[lane].lowHalf }
  }
}
