/// Reproducible random numbers: Philox 4×32-10, which mixes a counter with a key.
///
/// By Salmon, Moraes, Dror and Shaw (2011). The three numbers it consists of are its whole state: store them, and the sequence continues.
/// A seed has 2⁶⁴ independent streams; what each is for is said by a name or a number.
package struct RandomSource: Hashable, Sendable {
  package let seed: UInt64
  /// Which of the seed's sequences this is.
  package let stream: UInt64
  /// How many 64-bit numbers have been drawn.
  package private(set) var position: UInt64

  package init(seed: UInt64, stream: UInt64 = 0, position: UInt64 = 0) {
    self.seed = seed
    self.stream = stream
    self.position = position
  }

  /// The independent sequence for what `name` says, from its start.
  package func stream(_ name: String) -> RandomSource {
    // FNV-1a over the name, starting from this stream so that streams nest.
    var hash = Self.mix(stream ^ 0xcbf2_9ce4_8422_2325)
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    return RandomSource(seed: seed, stream: Self.mix(hash))
  }

  /// The independent sequence numbered `number`, from its start.
  package func stream(_ number: Int) -> RandomSource {
    RandomSource(
      seed: seed,
      stream: Self.mix(Self.mix(stream) &+ UInt64(bitPattern: Int64(number)) &+ 1))
  }

  /// The finaliser of SplitMix64: a one-to-one scramble.
  private static func mix(_ value: UInt64) -> UInt64 {
    var z = value &+ 0x9e37_79b9_7f4a_7c15
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}

extension RandomSource: RandomNumberGenerator {
  package mutating func next() -> UInt64 {
    let block = Philox.block(counter: position >> 1, stream: stream, key: seed)
    defer { position &+= 1 }
    return position & 1 == 0 ? block.lowHalf : block.highHalf
  }

  /// The next eight whole blocks as 32-bit numbers: the halves of what `next` gives, in an order of
  /// their own.
  mutating func nextEightBlocks() -> (SIMD16<UInt32>, SIMD16<UInt32>) {
    let first = (position &+ 1) >> 1
    position = (first &+ 8) << 1
    return Philox.eightBlocks(counter: first, stream: stream, key: seed)
  }
}
