/// A set of units that may answer yes for an absent one, never no for a present one.
struct UnitFilter {
  private var low: UInt64 = 0
  private var high: UInt64 = 0
  /// Beyond ASCII only the last six bits tell units apart.
  private var beyond: UInt64 = 0

  mutating func insert(_ unit: UInt32) {
    let bit: UInt64 = 1 << UInt64(unit & 63)
    if unit < 64 { low |= bit } else if unit < 128 { high |= bit } else { beyond |= bit }
  }

  /// Whether some unit may be in both sets.
  func mayShare(with other: UnitFilter) -> Bool {
    low & other.low | high & other.high | beyond & other.beyond != 0
  }

  func mayContain(_ unit: UInt32) -> Bool {
    let bit: UInt64 = 1 << UInt64(unit & 63)
    return (unit < 64 ? low : unit < 128 ? high : beyond) & bit != 0
  }
}
