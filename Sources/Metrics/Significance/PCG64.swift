/// NumPy's default random source, so that resampled figures are those other programs report.
///
/// PCG-XSL-RR 128/64, O'Neill 2014, seeded through NumPy's `SeedSequence`.
struct PCG64 {
  private static let multiplier: UInt128 = 47_026_247_687_942_121_848_144_207_491_837_523_525

  private var state: UInt128
  private let increment: UInt128
  /// The second half of a 64-bit draw, kept for the next 32-bit one.
  private var keptHalf: UInt32?

  /// What `numpy.random.default_rng(seed)` gives for a seed below 2³².
  init(seed: UInt32) {
    let words = SeedSequence(entropy: seed).words()
    let start = UInt128(words[0]) << 64 | UInt128(words[1])
    let sequence = UInt128(words[2]) << 64 | UInt128(words[3])
    increment = sequence << 1 | 1
    state = increment &+ start
    step()
  }

  private mutating func step() { state = state &* Self.multiplier &+ increment }

  mutating func next64() -> UInt64 {
    step()
    let folded = UInt64(truncatingIfNeeded: state >> 64) ^ UInt64(truncatingIfNeeded: state)
    let turn = UInt64(truncatingIfNeeded: state >> 122)
    return folded >> turn | folded << ((64 - turn) & 63)
  }

  mutating func next32() -> UInt32 {
    if let half = keptHalf {
      keptHalf = nil
      return half
    }
    let draw = next64()
    keptHalf = UInt32(truncatingIfNeeded: draw >> 32)
    return UInt32(truncatingIfNeeded: draw)
  }

  /// `count` numbers below `bound`, as `integers(0, bound)` and `choice` draw them (Lemire 2019).
  mutating func integers(below bound: Int, count: Int) -> [Int] {
    precondition(bound > 0 && bound <= UInt32.max, "a bound of \(bound)")
    let range = UInt32(bound)
    // With one choice NumPy draws nothing.
    guard range > 1 else { return [Int](repeating: 0, count: count) }
    let threshold = (0 &- range) % range
    return (0..<count).map { _ in
      while true {
        let product = UInt64(next32()) * UInt64(range)
        if UInt32(truncatingIfNeeded: product) >= threshold { return Int(product >> 32) }
      }
    }
  }
}

extension PCG64 {
  /// Random bits, as `integers(2, dtype=bool)` draws them: 32 of each draw, the lowest first.
  struct Bits {
    private var source: PCG64
    private var bits: UInt32 = 0
    private var left = 0

    init(of source: PCG64) { self.source = source }

    mutating func next() -> Bool {
      if left == 0 {
        bits = source.next32()
        left = 32
      }
      defer {
        bits >>= 1
        left -= 1
      }
      return bits & 1 == 1
    }
  }
}

/// NumPy's way of stretching a seed to as many bits as a generator needs.
private struct SeedSequence {
  private var pool: [UInt32]

  init(entropy: UInt32) {
    var constant: UInt32 = 0x43B0_D7E5
    func hashed(_ value: UInt32) -> UInt32 {
      var value = value ^ constant
      constant = constant &* 0x931E_8875
      value = value &* constant
      return value ^ value >> 16
    }
    func mixed(_ x: UInt32, _ y: UInt32) -> UInt32 {
      let value = x &* 0xCA01_F9DD &- y &* 0x4973_F715
      return value ^ value >> 16
    }
    pool = [entropy, 0, 0, 0].map(hashed)
    for source in 0..<4 {
      for target in 0..<4 where target != source {
        pool[target] = mixed(pool[target], hashed(pool[source]))
      }
    }
  }

  /// Four 64-bit words, from pairs of 32-bit ones, low half first.
  func words() -> [UInt64] {
    var constant: UInt32 = 0x8B51_F9DD
    let halves = (0..<8).map { i -> UInt64 in
      var value = pool[i % 4] ^ constant
      constant = constant &* 0x58F3_8DED
      value = value &* constant
      return UInt64(value ^ value >> 16)
    }
    return (0..<4).map { halves[2 * $0] | halves[2 * $0 + 1] << 32 }
  }
}
