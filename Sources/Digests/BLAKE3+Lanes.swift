extension BLAKE3 {
  /// Up to sixteen inputs hashed side by side: lane i of every vector belongs to input i.
  enum Lanes {
    typealias Words = SIMD16<UInt32>

    static var initialState: InlineArray<16, Words> {
      var state = InlineArray<16, Words>(repeating: .zero)
      let value = initialValue
      for index in 0..<8 { state[index] = Words(repeating: value[index]) }
      return state
    }

    /// Four perfect shuffles of rows and columns transpose a square of sixteen.
    @inline(__always)
    static func transposed(_ square: InlineArray<16, Words>) -> InlineArray<16, Words> {
      var rows = square
      for _ in 0..<4 {
        let from = rows
        for index in 0..<8 {
          let (first, second) = (from[2 * index], from[2 * index + 1])
          rows[index] = Words(lowHalf: first.evenHalf, highHalf: second.evenHalf)
          rows[index + 8] = Words(lowHalf: first.oddHalf, highHalf: second.oddHalf)
        }
      }
      return rows
    }

    /// One compression in every lane; the first eight vectors of the state are the chaining values.
    @inline(__always)
    static func compress(
      _ v: inout InlineArray<16, Words>, _ m: InlineArray<16, Words>, _ low: Words, _ high: Words,
      flags: UInt32
    ) {
      for index in 0..<4 { v[8 + index] = Words(repeating: initialValue[index]) }
      v[12] = low
      v[13] = high
      v[14] = Words(repeating: UInt32(blockLength))
      v[15] = Words(repeating: flags)
      round(&v, m, (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15))
      round(&v, m, (2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8))
      round(&v, m, (3, 4, 10, 12, 13, 2, 7, 14, 6, 5, 9, 0, 11, 15, 8, 1))
      round(&v, m, (10, 7, 12, 9, 14, 3, 13, 15, 4, 0, 11, 2, 5, 8, 1, 6))
      round(&v, m, (12, 13, 9, 11, 15, 10, 14, 8, 7, 2, 5, 3, 0, 1, 6, 4))
      round(&v, m, (9, 14, 11, 5, 8, 12, 15, 1, 13, 3, 0, 10, 2, 6, 4, 7))
      round(&v, m, (11, 15, 5, 0, 1, 9, 8, 6, 14, 10, 2, 12, 3, 4, 7, 13))
      for index in 0..<8 { v[index] ^= v[index + 8] }
    }

    private typealias Schedule = (
      Int, Int, Int, Int, Int, Int, Int, Int, Int, Int, Int, Int, Int, Int, Int, Int
    )

    @inline(__always)
    private static func round(
      _ v: inout InlineArray<16, Words>, _ m: InlineArray<16, Words>, _ order: Schedule
    ) {
      mix(&v, 0, 4, 8, 12, m[order.0], m[order.1])
      mix(&v, 1, 5, 9, 13, m[order.2], m[order.3])
      mix(&v, 2, 6, 10, 14, m[order.4], m[order.5])
      mix(&v, 3, 7, 11, 15, m[order.6], m[order.7])
      mix(&v, 0, 5, 10, 15, m[order.8], m[order.9])
      mix(&v, 1, 6, 11, 12, m[order.10], m[order.11])
      mix(&v, 2, 7, 8, 13, m[order.12], m[order.13])
      mix(&v, 3, 4, 9, 14, m[order.14], m[order.15])
    }

    /// The quarter round G in every lane.
    @inline(__always)
    private static func mix(
      _ v: inout InlineArray<16, Words>, _ a: Int, _ b: Int, _ c: Int, _ d: Int, _ x: Words,
      _ y: Words
    ) {
      v[a] = (v[a] &+ x) &+ v[b]
      v[d] = rotated(v[d] ^ v[a], by: 16)
      v[c] = v[c] &+ v[d]
      v[b] = rotated(v[b] ^ v[c], by: 12)
      v[a] = (v[a] &+ y) &+ v[b]
      v[d] = rotated(v[d] ^ v[a], by: 8)
      v[c] = v[c] &+ v[d]
      v[b] = rotated(v[b] ^ v[c], by: 7)
    }

    @inline(__always)
    private static func rotated(_ words: Words, by bits: UInt32) -> Words {
      (words &>> Words(repeating: bits)) | (words &<< Words(repeating: 32 - bits))
    }
  }
}
