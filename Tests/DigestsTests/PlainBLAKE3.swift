/// BLAKE3 as its paper says it, one chunk and one word at a time: the twin of the fast one.
enum PlainBLAKE3 {
  private static let initial: [UInt32] = [
    0x6A09_E667, 0xBB67_AE85, 0x3C6E_F372, 0xA54F_F53A,
    0x510E_527F, 0x9B05_688C, 0x1F83_D9AB, 0x5BE0_CD19,
  ]
  private static let permutation = [2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8]

  /// The 32 bytes of the digest.
  static func hash(_ input: [UInt8]) -> [UInt8] {
    let words = value(input[...], firstChunk: 0, isRoot: true)
    return words.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) } }
  }

  private static func value(_ bytes: ArraySlice<UInt8>, firstChunk: Int, isRoot: Bool) -> [UInt32] {
    let root: UInt32 = isRoot ? 8 : 0
    if bytes.count <= 1024 {
      var value = initial
      let blocks = max(1, (bytes.count + 63) / 64)
      for index in 0..<blocks {
        let block = Array(bytes.dropFirst(index * 64).prefix(64))
        let flags: UInt32 = (index == 0 ? 1 : 0) | (index == blocks - 1 ? 2 | root : 0)
        value = compress(value, words(block), firstChunk, block.count, flags)
      }
      return value
    }
    var left = 1024
    while left * 2 < bytes.count { left *= 2 }
    let both =
      value(bytes.prefix(left), firstChunk: firstChunk, isRoot: false)
      + value(bytes.dropFirst(left), firstChunk: firstChunk + left / 1024, isRoot: false)
    return compress(initial, both, 0, 64, 4 | root)
  }

  private static func words(_ block: [UInt8]) -> [UInt32] {
    var words = [UInt32](repeating: 0, count: 16)
    for (index, byte) in block.enumerated() { words[index / 4] |= UInt32(byte) << (index % 4 * 8) }
    return words
  }

  private static func compress(
    _ value: [UInt32], _ block: [UInt32], _ counter: Int, _ length: Int, _ flags: UInt32
  ) -> [UInt32] {
    var v =
      value + initial.prefix(4) + [
        UInt32(truncatingIfNeeded: counter), UInt32(truncatingIfNeeded: counter >> 32),
        UInt32(length), flags,
      ]
    var m = block
    func mix(_ a: Int, _ b: Int, _ c: Int, _ d: Int, _ x: UInt32, _ y: UInt32) {
      func rotated(_ word: UInt32, _ bits: UInt32) -> UInt32 { word >> bits | word << (32 - bits) }
      v[a] = v[a] &+ v[b] &+ x
      v[d] = rotated(v[d] ^ v[a], 16)
      v[c] = v[c] &+ v[d]
      v[b] = rotated(v[b] ^ v[c], 12)
      v[a] = v[a] &+ v[b] &+ y
      v[d] = rotated(v[d] ^ v[a], 8)
      v[c] = v[c] &+ v[d]
      v[b] = rotated(v[b] ^ v[c], 7)
    }
    for _ in 0..<7 {
      for i in 0..<4 { mix(i, 4 + i, 8 + i, 12 + i, m[2 * i], m[2 * i + 1]) }
      for i in 0..<4 {
        mix(i, 4 + (i + 1) % 4, 8 + (i + 2) % 4, 12 + (i + 3) % 4, m[8 + 2 * i], m[9 + 2 * i])
      }
      m = permutation.map { m[$0] }
    }
    return (0..<8).map { v[$0] ^ v[$0 + 8] }
  }
}
