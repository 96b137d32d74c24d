/// A number for each of many texts, which are known by their fingerprints.
///
/// Open addressing in 1,024 tables that grow one at a time, by a quarter: 15 to 19 bytes a text, at no
/// moment more. 74 bits of a fingerprint are compared: among 10⁷ different texts the chance of any two
/// being taken for equal is about 10⁻⁹.
package struct FingerprintTable: Sendable {
  private var shards = [Shard](repeating: Shard(), count: 1024)

  package init() {}

  /// Gives a text a number, which must not be negative, unless it has one.
  ///
  /// - Returns: the number that it has already; nil when it is new.
  package mutating func insert(_ text: Fingerprint, number: Int32) -> Int32? {
    shards[Int(truncatingIfNeeded: text.high >> 54)].insert(text.low, number: number)
  }

  /// The texts whose fingerprints begin alike.
  private struct Shard {
    private var count = 0
    private var keys: [UInt64] = []
    /// The number of each key; −1 where a place is free.
    private var numbers: [Int32] = []

    mutating func insert(_ key: UInt64, number: Int32) -> Int32? {
      if count * 5 >= keys.count * 4 { grow() }
      let place = place(of: key)
      if numbers[place] >= 0 { return numbers[place] }
      keys[place] = key
      numbers[place] = number
      count += 1
      return nil
    }

    /// Where a key stands, or the free place where it would.
    private func place(of key: UInt64) -> Int {
      var place = Int(key.multipliedFullWidth(by: UInt64(keys.count)).high)
      while numbers[place] >= 0, keys[place] != key {
        place += 1
        if place == keys.count { place = 0 }
      }
      return place
    }

    private mutating func grow() {
      let (oldKeys, oldNumbers) = (keys, numbers)
      let size = max(8, keys.count + keys.count / 4)
      keys = [UInt64](repeating: 0, count: size)
      numbers = [Int32](repeating: -1, count: size)
      for (key, number) in zip(oldKeys, oldNumbers) where number >= 0 {
        let place = place(of: key)
        keys[place] = key
        numbers[place] = number
      }
    }
  }
}
