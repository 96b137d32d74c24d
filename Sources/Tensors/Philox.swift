/// The ten-round Philox 4×32 block function (Salmon, Moraes, Dror, Shaw 2011).
enum Philox {
  /// 128 random bits for one counter of one stream under one key.
  struct Block {
    let lowHalf: UInt64
    let highHalf: UInt64
  }

  static func block(counter: UInt64, stream: UInt64, key: UInt64) -> Block {
    var x0 = UInt32(truncatingIfNeeded: counter)
    var x1 = UInt32(truncatingIfNeeded: counter >> 32)
    var x2 = UInt32(truncatingIfNeeded: stream)
    var x3 = UInt32(truncatingIfNeeded: stream >> 32)
    var k0 = UInt32(truncatingIfNeeded: key)
    var k1 = UInt32(truncatingIfNeeded: key >> 32)
    for _ in 0..<10 {
      let p0 = UInt64(x0) &* 0xD251_1F53
      let p1 = UInt64(x2) &* 0xCD9E_8D57
      (x0, x1, x2, x3) = (
        UInt32(truncatingIfNeeded: p1 >> 32) ^ x1 ^ k0, UInt32(truncatingIfNeeded: p1),
        UInt32(truncatingIfNeeded: p0 >> 32) ^ x3 ^ k1, UInt32(truncatingIfNeeded: p0)
      )
      k0 &+= 0x9E37_79B9
      k1 &+= 0xBB67_AE85
    }
    return Block(
      lowHalf: UInt64(x0) | UInt64(x1) << 32, highHalf: UInt64(x2) | UInt64(x3) << 32)
  }
  /// The low and the high halves of the blocks of eight counters, as pairs of 32-bit numbers.
  @inline(__always)
  static func eightBlocks(
    counter: UInt64, stream: UInt64, key: UInt64
  ) -> (SIMD16<UInt32>, SIMD16<UInt32>) {
    typealias Words = SIMD8<UInt64>
    let low = Words(repeating: 0xFFFF_FFFF)
    let shift = Words(repeating: 32)
    let counters = Words(repeating: counter) &+ Words(0, 1, 2, 3, 4, 5, 6, 7)
    var (x0, x1) = (counters & low, counters &>> shift)
    var x2 = Words(repeating: stream & 0xFFFF_FFFF)
    var x3 = Words(repeating: stream >> 32)
    var k0 = UInt32(truncatingIfNeeded: key)
    var k1 = UInt32(truncatingIfNeeded: key >> 32)
    for _ in 0..<10 {
      let p0 = (x0 & low) &* Words(repeating: 0xD251_1F53)
      let p1 = (x2 & low) &* Words(repeating: 0xCD9E_8D57)
      (x0, x1, x2, x3) = (
        (p1 &>> shift) ^ x1 ^ Words(repeating: UInt64(k0)), p1 & low,
        (p0 &>> shift) ^ x3 ^ Words(repeating: UInt64(k1)), p0 & low
      )
      k0 &+= 0x9E37_79B9
      k1 &+= 0xBB67_AE85
    }
    return unsafe (
      unsafeBitCast(x0 | x1 &<< shift, to: SIMD16<UInt32>.self),
      unsafeBitCast(x2 | x3 &<< shift, to: SIMD16<UInt32>.self)
    )
  }
}
