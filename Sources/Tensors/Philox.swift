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
}
