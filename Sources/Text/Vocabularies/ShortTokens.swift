/// The ids of tokens of up to eight bytes, which are known by these as one number and by their length.
struct ShortTokens: Sendable {
  /// So many bytes has a token at most.
  static var mostBytes: Int { 8 }

  /// A place of the table, of sixteen bytes, so that none lies in two lines of the cache.
  struct Slot {
    var bytes: UInt64 = 0
    var count: UInt32 = 0
    /// The id plus one, or zero for an empty slot.
    var token: Int32 = 0
  }

  /// Their number is a power of two, and at most half are full.
  private(set) var slots = [Slot](repeating: Slot(), count: 64)
  private var count = 0

  /// - Parameters:
  ///   - bytes: as one number, the first in the lowest place, with zeros above.
  ///   - count: how many they are.
  @inline(__always)
  static func id(of bytes: UInt64, count: Int, in slots: Span<Slot>) -> Int? {
    let mask = slots.count &- 1
    let count = UInt32(truncatingIfNeeded: count)
    var place = Self.place(of: bytes, count) & mask
    while true {
      let slot = slots[place]
      // No token of that id is in an empty slot, which looks as one of no bytes does.
      if slot.bytes == bytes, slot.count == count, slot.token != 0 { return Int(slot.token) &- 1 }
      if slot.token == 0 { return nil }
      place = (place &+ 1) & mask
    }
  }

  /// Adds a token that is not there.
  mutating func add(_ bytes: UInt64, count: Int, id: Int) {
    put(
      Slot(
        bytes: bytes, count: UInt32(truncatingIfNeeded: count),
        token: Int32(truncatingIfNeeded: id + 1)))
    self.count += 1
    guard self.count * 2 > slots.count else { return }
    let full = slots
    slots = Array(repeating: Slot(), count: full.count * 2)
    for slot in full where slot.token != 0 { put(slot) }
  }

  private mutating func put(_ slot: Slot) {
    let mask = slots.count - 1
    var place = Self.place(of: slot.bytes, slot.count) & mask
    while slots[place].token != 0 { place = (place + 1) & mask }
    slots[place] = slot
  }

  /// A hash in the manner of wyhash.
  @inline(__always)
  private static func place(of bytes: UInt64, _ count: UInt32) -> Int {
    Int(truncatingIfNeeded: (bytes ^ UInt64(count)).multipliedAndFolded)
  }
}

extension UInt64 {
  /// The number times an odd one, the upper half of the product on the lower half.
  @inline(__always)
  var multipliedAndFolded: UInt64 {
    let product = multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    return product.high ^ product.low
  }
}
