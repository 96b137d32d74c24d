/// Numbers kept under pairs of non-negative numbers, found by open addressing.
struct PairTable: Sendable {
  private struct Slot {
    var key = none
    var value: Int32 = 0
  }

  private var slots: [Slot]
  private(set) var count = 0

  /// No pair of non-negative numbers has this key.
  private static let none = UInt64.max

  init(minimumCapacity: Int = 512) {
    var capacity = 1024
    while capacity < minimumCapacity * 2 { capacity *= 2 }
    slots = Array(repeating: Slot(), count: capacity)
  }

  subscript(first: Int32, second: Int32) -> Int32? {
    let slot = slots[place(of: Self.key(first, second))]
    return slot.key == Self.none ? nil : slot.value
  }

  /// The value of a pair; `newValue` is stored and returned when it had none.
  mutating func value(_ first: Int32, _ second: Int32, orInsert newValue: Int32) -> Int32 {
    let key = Self.key(first, second)
    let place = place(of: key)
    if slots[place].key != Self.none { return slots[place].value }
    slots[place] = Slot(key: key, value: newValue)
    count += 1
    if count * 2 > slots.count { grow() }
    return newValue
  }

  private static func key(_ first: Int32, _ second: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: first)) << 32 | UInt64(UInt32(bitPattern: second))
  }

  private func place(of key: UInt64) -> Int {
    let mask = slots.count &- 1
    let slots = slots.span
    var place = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 20) & mask
    while slots[place].key != Self.none, slots[place].key != key { place = (place &+ 1) & mask }
    return place
  }

  private mutating func grow() {
    let full = slots
    slots = Array(repeating: Slot(), count: full.count * 2)
    for slot in full where slot.key != Self.none { slots[place(of: slot.key)] = slot }
  }
}
