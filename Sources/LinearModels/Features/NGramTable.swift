/// The numbers of n-grams: each is a shorter one that has a number, and one more token.
///
/// A hash table with open addressing; numbers are given by whoever inserts.
struct NGramTable: Sendable {
  /// What an n-gram of one token continues.
  static let start: Int32 = -1
  private static let empty: Int32 = -1

  private var keys: [UInt64]
  private var numbers: [Int32]
  private(set) var count = 0

  init(minimumCapacity: Int = 0) {
    var size = 1024
    while size < minimumCapacity * 2 { size *= 2 }
    keys = [UInt64](repeating: 0, count: size)
    numbers = [Int32](repeating: Self.empty, count: size)
  }

  /// The number of an n-gram; nil when it has none.
  func number(prefix: Int32, token: Int32) -> Int32? {
    let number = numbers[place(of: Self.key(prefix, token))]
    return number == Self.empty ? nil : number
  }

  /// The number of an n-gram, which is `new` when it had none.
  mutating func number(prefix: Int32, token: Int32, orInsert new: Int32) -> Int32 {
    let key = Self.key(prefix, token)
    let found = place(of: key)
    if numbers[found] != Self.empty { return numbers[found] }
    keys[found] = key
    numbers[found] = new
    count += 1
    if count * 2 > keys.count { grow() }
    return new
  }

  private static func key(_ prefix: Int32, _ token: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: prefix)) << 32 | UInt64(UInt32(bitPattern: token))
  }

  /// Where a key stands, or the free place where it would.
  private func place(of key: UInt64) -> Int {
    let mask = UInt64(keys.count - 1)
    var hash = key &* 0x9E37_79B9_7F4A_7C15
    hash ^= hash >> 32
    var place = Int(truncatingIfNeeded: hash & mask)
    while numbers[place] != Self.empty, keys[place] != key {
      place = (place &+ 1) & Int(truncatingIfNeeded: mask)
    }
    return place
  }

  private mutating func grow() {
    let (oldKeys, oldNumbers) = (keys, numbers)
    keys = [UInt64](repeating: 0, count: oldKeys.count * 2)
    numbers = [Int32](repeating: Self.empty, count: oldKeys.count * 2)
    for (key, number) in zip(oldKeys, oldNumbers) where number != Self.empty {
      let place = place(of: key)
      keys[place] = key
      numbers[place] = number
    }
  }
}
