/// Numbers kept under pairs of non-negative numbers, found by open addressing.
struct PairTable: Sendable {
  private var keys: [UInt64]
  private var values: [Int32]
  private(set) var count = 0

  /// No pair of non-negative numbers has this key.
  private static let none = UInt64.max

  init(minimumCapacity: Int = 512) {
    var capacity = 1024
    while capacity < minimumCapacity * 2 { capacity *= 2 }
    keys = Array(repeating: Self.none, count: capacity)
    values = Array(repeating: 0, count: capacity)
  }

  subscript(first: Int32, second: Int32) -> Int32? {
    let slot = slot(of: Self.key(first, second))
    return keys[slot] == Self.none ? nil : values[slot]
  }

  /// The value of a pair; `newValue` is stored and returned when it had none.
  mutating func value(_ first: Int32, _ second: Int32, orInsert newValue: Int32) -> Int32 {
    let key = Self.key(first, second)
    let slot = slot(of: key)
    if keys[slot] != Self.none { return values[slot] }
    keys[slot] = key
    values[slot] = newValue
    count += 1
    if count * 2 > keys.count { grow() }
    return newValue
  }

  private static func key(_ first: Int32, _ second: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: first)) << 32 | UInt64(UInt32(bitPattern: second))
  }

  private func slot(of key: UInt64) -> Int {
    let mask = keys.count - 1
    var slot = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 20) & mask
    while keys[slot] != Self.none, keys[slot] != key { slot = (slot + 1) & mask }
    return slot
  }

  private mutating func grow() {
    let (oldKeys, oldValues) = (keys, values)
    keys = Array(repeating: Self.none, count: oldKeys.count * 2)
    values = Array(repeating: 0, count: oldKeys.count * 2)
    for (index, key) in oldKeys.enumerated() where key != Self.none {
      let slot = slot(of: key)
      keys[slot] = key
      values[slot] = oldValues[index]
    }
  }
}
