/// Counts of hashed n-grams of references, against which those of a hypothesis are matched.
///
/// Open addressing over a table that is kept from segment to segment. N-grams are told apart by 64
/// bits of hash, so two of a segment are confused less than once in 10¹⁵ segments.
struct NGramTable {
  private struct Slot {
    var key: UInt64 = 0
    /// The segment the slot was filled for; others count as empty.
    var segment: UInt32 = 0
    /// The reference last counted.
    var reference: Int32 = 0
    var countInReference: Int32 = 0
    /// The largest count in any reference, less what was matched.
    var available: Int32 = 0
  }

  private var slots = [Slot](repeating: Slot(), count: 256)
  private var segment: UInt32 = 0

  /// Forgets all counts and makes room for those of another segment.
  mutating func begin(capacity: Int) {
    segment &+= 1
    if capacity * 2 > slots.count || segment == 0 {
      var size = slots.count
      while size < capacity * 2 { size *= 2 }
      slots = [Slot](repeating: Slot(), count: size)
      segment = 1
    }
  }

  /// Counts an n-gram of a reference; with several references, the largest of their counts is kept.
  mutating func count(_ key: UInt64, ofReference reference: Int) {
    let position = position(of: key)
    if slots[position].segment != segment {
      slots[position] = Slot(
        key: key, segment: segment, reference: Int32(reference), countInReference: 1, available: 1)
      return
    }
    if slots[position].reference != Int32(reference) {
      slots[position].reference = Int32(reference)
      slots[position].countInReference = 0
    }
    slots[position].countInReference += 1
    slots[position].available = max(
      slots[position].available, slots[position].countInReference)
  }

  /// Matches an n-gram of the hypothesis with one of a reference that was not yet matched.
  mutating func match(_ key: UInt64) -> Bool {
    let position = position(of: key)
    guard slots[position].segment == segment, slots[position].available > 0 else { return false }
    slots[position].available -= 1
    return true
  }

  /// Where a key is, or would be.
  private func position(of key: UInt64) -> Int {
    let mask = slots.count &- 1
    let slots = slots.span
    var position = Int(truncatingIfNeeded: key ^ key >> 32) & mask
    while slots[position].segment == segment, slots[position].key != key {
      position = (position &+ 1) & mask
    }
    return position
  }
}

/// The hash of an n-gram one longer.
func extended(_ hash: UInt64, by unit: UInt64) -> UInt64 {
  hash &* 0x9E37_79B9_7F4A_7C15 &+ unit
}

/// Spreads a number over all 64 bits (the finaliser of MurmurHash3).
func spread(_ number: UInt64) -> UInt64 {
  var z = number
  z = (z ^ z >> 33) &* 0xFF51_AFD7_ED55_8CCD
  z = (z ^ z >> 33) &* 0xC4CE_B9FE_1A85_EC53
  return z ^ z >> 33
}
