/// The random numbers that decide which merges of a line are dropped: SplitMix64.
struct DropoutSource {
  private var state: UInt64
  /// Numbers below this, of 2⁵³, drop.
  private let limit: UInt64

  init(_ dropout: BPEEncoder.Dropout, row: Int) {
    state = dropout.seed &+ UInt64(bitPattern: Int64(row)) &* 0xD1B5_4A32_D192_ED03
    limit = UInt64((min(max(dropout.probability, 0), 1) * 0x1p53).rounded())
    _ = next()
  }

  mutating func drops() -> Bool { next() >> 11 < limit }

  private mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}
