/// The numbers of n-grams: each is a shorter one that has a number, and one more token.
///
/// A hash table with open addressing; numbers are given by whoever inserts.
struct NGramTable: Sendable {
  /// What an n-gram of one token continues.
  static let start: Int32 = -1

  /// A place of the table, with key and number together, so that one look into memory finds both.
  private struct Slot {
    static let empty = Slot(key: 0, number: -1)

    var key: UInt64
    var number: Int32

    var isEmpty: Bool { number < 0 }
  }

  private var slots: [Slot]
  private(set) var count = 0

  init(minimumCapacity: Int = 0) {
    var size = 1024
    while size < minimumCapacity * 2 { size *= 2 }
    slots = [Slot](repeating: .empty, count: size)
  }

  /// The number of an n-gram; nil when it has none.
  func number(prefix: Int32, token: Int32) -> Int32? {
    let slot = slots[place(of: Self.key(prefix, token))]
    return slot.isEmpty ? nil : slot.number
  }

  /// The number of an n-gram, which is `new` when it had none.
  mutating func number(prefix: Int32, token: Int32, orInsert new: Int32) -> Int32 {
    let key = Self.key(prefix, token)
    let found = place(of: key)
    if !slots[found].isEmpty { return slots[found].number }
    slots[found] = Slot(key: key, number: new)
    count += 1
    if count * 2 > slots.count { grow() }
    return new
  }

  private static func key(_ prefix: Int32, _ token: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: prefix)) << 32 | UInt64(UInt32(bitPattern: token))
  }

  /// Where a key stands, or the free place where it would.
  private func place(of key: UInt64) -> Int {
    let mask = UInt64(slots.count - 1)
    var hash = key &* 0x9E37_79B9_7F4A_7C15
    hash ^= hash >> 32
    var place = Int(truncatingIfNeeded: hash & mask)
    while !slots[place].isEmpty, slots[place].key != key {
      place = (place &+ 1) & Int(truncatingIfNeeded: mask)
    }
    return place
  }

  private mutating func grow() {
    let old = slots
    slots = [Slot](repeating: .empty, count: old.count * 2)
    for slot in old where !slot.isEmpty { slots[place(of: slot.key)] = slot }
  }
}
